// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;

namespace Lapel.Custody.Tests
{
    /// <summary>The people around a camera, always the same, and the documents that they sign (CUSTODY.md).</summary>
    public static class Papers
    {
        private static Signatory _authority;
        private static Signatory _successor;
        private static Signatory _stranger;
        private static Signatory _dock;
        private static Signatory _technician;
        private static Signatory _archive;
        private static Signatory _otherArchive;

        public static Signatory Authority
        {
            get { return _authority ?? (_authority = new Signatory(1)); }
        }

        public static Signatory Successor
        {
            get { return _successor ?? (_successor = new Signatory(2)); }
        }

        public static Signatory Stranger
        {
            get { return _stranger ?? (_stranger = new Signatory(3)); }
        }

        public static Signatory Dock
        {
            get { return _dock ?? (_dock = new Signatory(4)); }
        }

        public static Signatory Technician
        {
            get { return _technician ?? (_technician = new Signatory(5)); }
        }

        public static Signatory Archive
        {
            get { return _archive ?? (_archive = new Signatory(6)); }
        }

        public static Signatory OtherArchive
        {
            get { return _otherArchive ?? (_otherArchive = new Signatory(7)); }
        }

        /// <summary>A bench whose camera is owned by the authority.</summary>
        public static CustodyBench Owned()
        {
            return Owned(new CustodyBench());
        }

        /// <summary>Has the authority own a bench's camera, and restarts it.</summary>
        public static CustodyBench Owned(CustodyBench bench)
        {
            if (bench.Configure(Configuration(1)) != CustodyResult.Done)
            {
                throw new InvalidOperationException(bench.AccessControl.ResultText);
            }

            bench.Boot();
            return bench;
        }

        /// <summary>A configuration of the authority for any camera, with the dock, the technician, the archive and a recipient.</summary>
        public static byte[] Configuration(int serial)
        {
            return Configuration(Authority, Authority, serial, null);
        }

        public static byte[] Configuration(Signatory signer, Signatory authority, int serial, byte[] deviceId)
        {
            return Sign(signer, ConfigurationPayload(authority, serial, deviceId, "LP-" + serial.ToString()));
        }

        public static byte[] ConfigurationPayload(Signatory authority, int serial, byte[] deviceId, string unit)
        {
            CborWriter cbor = Begin(11, 1);
            cbor.Int(3);
            cbor.Int(serial);
            cbor.Int(4);
            cbor.BytesOrNull(deviceId);
            cbor.Int(5);
            cbor.Bytes(authority.PublicKey);
            cbor.Int(6);
            cbor.BeginArray(1);
            cbor.Bytes(CustodyBench.Recipient);
            cbor.Int(7);
            cbor.BeginArray(2);
            PutStation(cbor, Dock, Role.Dock);
            PutStation(cbor, Technician, Role.Technician);
            cbor.Int(8);
            cbor.BeginArray(1);
            cbor.Bytes(Archive.PublicKey);
            cbor.Int(9);
            PutSettings(cbor, unit);
            cbor.Int(10);
            cbor.BeginArray(4);
            cbor.Bytes(new byte[16]);
            cbor.Text("A. Smith");
            cbor.Text("Main Street");
            cbor.Text("");
            cbor.Int(11);
            cbor.Int(0);
            return cbor.ToArray();
        }

        /// <summary>A receipt of the archive.</summary>
        public static byte[] Receipt(CustodyBench bench, int recording, int segment, byte[] closeDigest)
        {
            return Receipt(Archive, bench.Device.Id, bench.RecordingId, recording, segment, closeDigest);
        }

        public static byte[] Receipt(Signatory signer, byte[] deviceId, byte[] recordingId, int recording, int segment, byte[] closeDigest)
        {
            CborWriter cbor = Begin(8, 2);
            cbor.Int(3);
            cbor.Bytes(deviceId);
            cbor.Int(4);
            cbor.Bytes(recordingId);
            cbor.Int(5);
            cbor.Int(recording);
            cbor.Int(6);
            cbor.Int(segment);
            cbor.Int(7);
            cbor.Bytes(closeDigest);
            cbor.Int(8);
            cbor.Int(1795467602000);
            return Sign(signer, cbor.ToArray());
        }

        /// <summary>An order to retire.</summary>
        public static byte[] RetirementOrder(Signatory signer, byte[] deviceId)
        {
            CborWriter cbor = Begin(4, 3);
            cbor.Int(3);
            cbor.Bytes(deviceId);
            cbor.Int(4);
            cbor.Int(1728000000000);
            return Sign(signer, cbor.ToArray());
        }

        /// <summary>An order to change the device's key.</summary>
        public static byte[] RotationOrder(Signatory signer, byte[] deviceId, int number)
        {
            CborWriter cbor = Begin(5, 5);
            cbor.Int(3);
            cbor.Bytes(deviceId);
            cbor.Int(4);
            cbor.Int(number);
            cbor.Int(5);
            cbor.Int(1728000000000);
            return Sign(signer, cbor.ToArray());
        }

        /// <summary>An order to repair internal storage.</summary>
        public static byte[] RepairOrder(Signatory signer, byte[] deviceId, byte[] publicKey, byte[] state, int actions, int boots)
        {
            CborWriter cbor = Begin(9, 6);
            cbor.Int(3);
            cbor.Bytes(deviceId);
            cbor.Int(4);
            cbor.Bytes(publicKey);
            cbor.Int(5);
            cbor.Bytes(state);
            cbor.Int(6);
            cbor.Int(actions);
            cbor.Int(7);
            cbor.Int(boots);
            cbor.Int(8);
            cbor.Int(5);
            cbor.Int(9);
            cbor.Int(1728000000000);
            return Sign(signer, cbor.ToArray());
        }

        /// <summary>A station's proof for a log-in (CUSTODY.md section 4).</summary>
        public static byte[] Proof(Signatory station, byte[] deviceId, byte[] challenge, int role)
        {
            var message = new byte[81];
            Array.Copy(Digests.Label("LAPEL-LOGIN-1"), 0, message, 0, 32);
            Array.Copy(deviceId, 0, message, 32, 16);
            Array.Copy(challenge, 0, message, 48, 32);
            message[80] = (byte)role;
            return station.Sign(message);
        }

        /// <summary>A COSE_Sign1 over a payload as CUSTODY.md section 2 spells it.</summary>
        public static byte[] Sign(Signatory signer, byte[] payload)
        {
            CborWriter head = new CborWriter(64);
            head.BeginMap(2);
            head.Int(1);
            head.Int(-8);
            head.Int(4);
            head.Bytes(signer.Fingerprint);
            byte[] covered = head.ToArray();
            CborWriter structure = new CborWriter(payload.Length + 128);
            structure.BeginArray(4);
            structure.Text("Signature1");
            structure.Bytes(covered);
            structure.Bytes(new byte[0]);
            structure.Bytes(payload);
            CborWriter document = new CborWriter(payload.Length + 192);
            document.Tag(18);
            document.BeginArray(4);
            document.Bytes(covered);
            document.BeginMap(0);
            document.Bytes(payload);
            document.Bytes(signer.Sign(structure.ToArray()));
            return document.ToArray();
        }

        private static CborWriter Begin(int pairs, int kind)
        {
            CborWriter cbor = new CborWriter(1024);
            cbor.BeginMap(pairs);
            cbor.Int(1);
            cbor.Int(kind);
            cbor.Int(2);
            cbor.Int(1);
            return cbor;
        }

        private static void PutStation(CborWriter cbor, Signatory station, Role role)
        {
            cbor.BeginArray(2);
            cbor.Bytes(station.PublicKey);
            cbor.Int((int)role);
        }

        private static void PutSettings(CborWriter cbor, string unit)
        {
            cbor.BeginMap(9);
            int[] settings = { 30, 1, 1, 125, 0, 0, 0, 8388608, 60 };
            for (int i = 0; i < settings.Length; i++)
            {
                cbor.Int(i + 1);
                if (i == 4)
                {
                    cbor.Text(unit);
                }
                else
                {
                    cbor.Int(settings[i]);
                }
            }
        }
    }
}
