// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;

namespace Lapel.Service
{
    /// <summary>
    /// Known answers of the signature: RFC 8032, 7.1, test 2, in a page full of noise. About 0.7 s of computing, in slices.
    /// </summary>
    public sealed class SignatureTest : SelfTestItem
    {
        private const string Seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
        private const string PublicKey = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
        private const string Message = "72";
        private const string Signature =
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612"
            + "bb0c00";

        private const int PageBytes = 256;

        // Odd places in one array, so that every offset is exercised and not only 0.
        private const int MessageAt = 77;
        private const int SignatureAt = 101;

        private Ed25519Key _key;
        private Ed25519Verifier _verifier;
        private byte[] _page;
        private bool _altered;

        /// <summary>The test.</summary>
        public SignatureTest()
            : base("signature") { }

        /// <inheritdoc/>
        public override void Step(IServiceCamera camera, long nowUs)
        {
            if (!_key.IsReady)
            {
                _key.Step();
                if (!_key.IsReady)
                {
                    return;
                }

                if (Report.Hex(_key.PublicKey, Ed25519Key.PublicKeyLength) != PublicKey)
                {
                    Fail("the public key differs from RFC 8032, test 2");
                }
                else
                {
                    Verify();
                }

                return;
            }

            if (_verifier.Step())
            {
                return;
            }

            if (_verifier.IsValid == _altered)
            {
                Fail(_altered ? "an altered message verifies" : "the signature of RFC 8032, test 2 does not verify");
            }
            else if (_altered)
            {
                Pass("key and signature of RFC 8032, test 2 hold; an altered message does not");
            }
            else
            {
                // A verifier that says yes to everything would pass the first half.
                _altered = true;
                _page[MessageAt] ^= 1;
                Verify();
            }
        }

        /// <inheritdoc/>
        public override void End(IServiceCamera camera)
        {
            _key = null;
            _verifier = null;
            _page = null;
        }

        /// <inheritdoc/>
        protected override void Begin(IServiceCamera camera, long nowUs)
        {
            _key = new Ed25519Key(HexText.Parse(Seed));
            _verifier = new Ed25519Verifier();
            _page = new byte[PageBytes];
            camera.Board.Entropy.Fill(_page);
            Array.Copy(HexText.Parse(Message), 0, _page, MessageAt, 1);
            Array.Copy(HexText.Parse(Signature), 0, _page, SignatureAt, Ed25519Signer.SignatureLength);
            _altered = false;
        }

        private void Verify()
        {
            _verifier.Begin(_key.PublicKey, _page, MessageAt, 1, _page, SignatureAt);
        }
    }
}
