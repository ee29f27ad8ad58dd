// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Custody
{
    /// <summary>
    /// What a camera leaves when its secrets are erased (CUSTODY.md section 6.2): signed with the key that it then no longer has.
    /// </summary>
    public static class RetirementCertificate
    {
        private const int Version = 1;

        // Two lists of 64 runs of at most 16 bytes, and 200 bytes of the rest.
        private const int Room = 2400;

        private static readonly byte[] Label = Digests.Label("LAPEL-CERTIFICATE-1");

        /// <summary>Its content.</summary>
        /// <param name="device">The device.</param>
        /// <param name="keys">Its counters.</param>
        /// <param name="orderDigest">H of the order's payload.</param>
        /// <param name="utcMs">The device's clock, milliseconds since 1970; 0 while it is unset.</param>
        /// <param name="survey">The card; null when there was none.</param>
        public static byte[] Content(DeviceIdentity device, DeviceKeys keys, byte[] orderDigest, long utcMs, CardSurvey survey)
        {
            CborWriter cbor = new CborWriter(Room);
            cbor.BeginMap(survey == null ? 8 : 12);
            cbor.Int(1);
            cbor.Int((int)DocumentKind.RetirementCertificate);
            cbor.Int(2);
            cbor.Int(Version);
            cbor.Int(3);
            cbor.Bytes(device.Id);
            cbor.Int(4);
            cbor.Bytes(device.PublicKey);
            cbor.Int(5);
            cbor.Int(keys.BootNumber);
            cbor.Int(6);
            cbor.Int(keys.Recordings);
            cbor.Int(7);
            cbor.Bytes(orderDigest);
            cbor.Int(8);
            if (utcMs == 0)
            {
                cbor.Null();
            }
            else
            {
                cbor.Int(utcMs);
            }

            if (survey == null)
            {
                return cbor.ToArray();
            }

            cbor.Int(9);
            survey.Kept.Put(cbor);
            cbor.Int(10);
            cbor.Int(survey.Kept.Unlisted);
            cbor.Int(11);
            survey.Released.Put(cbor);
            cbor.Int(12);
            cbor.Int(survey.Released.Unlisted);
            return cbor.ToArray();
        }

        /// <summary>The certificate: content and COSE_Sign1 over its digest. The signer has a nonce ready.</summary>
        public static byte[] Sign(byte[] content, Digests digests, ManifestSigner signer)
        {
            byte[] signature = new byte[ManifestSigner.CoseBytes];
            signer.Sign(digests.Mac(Label, content), signature, 0);
            CborWriter cbor = new CborWriter(content.Length + signature.Length + 8);
            cbor.BeginArray(2);
            cbor.Bytes(content);
            cbor.Bytes(signature);
            return cbor.ToArray();
        }
    }
}
