// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody
{
    /// <summary>The payload of a signed configuration (CUSTODY.md section 3): how the camera is set up and whose keys have a say.</summary>
    public sealed class SignedConfiguration
    {
        /// <summary>Most stations.</summary>
        /// <remarks>With all of them, four archives, four recipients and full texts a document stays below its 4,096 bytes.</remarks>
        public const int MaxStations = 8;

        /// <summary>Most archives.</summary>
        public const int MaxArchives = 4;

        private const int Version = 1;
        private const int KeyBytes = 32;
        private const int DeviceIdBytes = 16;

        // Makes the digest of a configuration that names people as hard to guess as a key.
        private const int SaltBytes = 16;

        // FrameSize.Hd, FrameQuality.Low: the last of each.
        private const int LastSize = 3;
        private const int LastQuality = 2;

        // Below 2 GiB, as FAT32 files must be.
        private const long MostSlotBytes = 0x7FFFFE00;

        private SignedConfiguration() { }

        /// <summary>What is malformed; null when nothing is.</summary>
        public string Error { get; private set; }

        /// <summary>Serial number, from 1; each configuration that is installed has a higher one.</summary>
        public int Serial { get; private set; }

        /// <summary>The device it is for; null for any.</summary>
        public byte[] DeviceId { get; private set; }

        /// <summary>Ed25519 public key of the authority from now on.</summary>
        public byte[] Authority { get; private set; }

        /// <summary>Who may log in.</summary>
        public Station[] Stations { get; private set; }

        /// <summary>Ed25519 public keys of those whose receipts release segments.</summary>
        public byte[][] Archives { get; private set; }

        /// <summary>The settings, recipients and private facts among them.</summary>
        public CameraConfiguration Settings { get; private set; }

        /// <summary>Reads a payload; look at <see cref="Error"/> first.</summary>
        public static SignedConfiguration Parse(byte[] payload)
        {
            SignedConfiguration configuration = new SignedConfiguration();
            DocumentReader reader = new DocumentReader(payload, 0, payload.Length);
            configuration.Read(reader);
            string error = reader.Error;
            if (error == null)
            {
                error = configuration.Settings.Malformed();
            }

            if (error == null)
            {
                error = configuration.Contradiction();
            }

            configuration.Error = error;
            return configuration;
        }

        private void Read(DocumentReader reader)
        {
            // Every key is read, in order, and none may be left out: a camera never has to guess what a missing setting meant.
            reader.Map(11, "the configuration");
            reader.Key(1);
            reader.Int((int)DocumentKind.Configuration, (int)DocumentKind.Configuration, "the kind of document");
            reader.Key(2);
            reader.Int(Version, Version, "the version");
            reader.Key(3);
            Serial = (int)reader.Int(1, int.MaxValue, "the serial number");
            reader.Key(4);
            if (!reader.TakeNull())
            {
                DeviceId = reader.Bytes(DeviceIdBytes, "the device id");
            }

            reader.Key(5);

            // The authority from now on: when it is not the one that signed, the camera is handed over.
            Authority = reader.Bytes(KeyBytes, "the authority's key");
            Settings = new CameraConfiguration();
            reader.Key(6);
            Settings.Recipients = Keys(reader, EnvelopeBox.MaxRecipients, "the recipients", "a recipient's key");
            reader.Key(7);
            ReadStations(reader);
            reader.Key(8);
            Archives = Keys(reader, MaxArchives, "the archives", "an archive's key");
            reader.Key(9);
            ReadSettings(reader);
            reader.Key(10);
            ReadPrivate(reader);
            reader.Key(11);

            // Read, so that a later version that gives it a meaning is refused here and not half understood.
            reader.Int(0, 0, "the last key, which is kept for later,");
            reader.End();
        }

        private static byte[][] Keys(DocumentReader reader, int most, string name, string item)
        {
            byte[][] keys = new byte[reader.Array(most, name)][];
            for (int i = 0; i < keys.Length; i++)
            {
                keys[i] = reader.Bytes(KeyBytes, item);
            }

            return keys;
        }

        private void ReadStations(DocumentReader reader)
        {
            Stations = new Station[reader.Array(MaxStations, "the stations")];
            for (int i = 0; i < Stations.Length; i++)
            {
                Station station = new Station();
                reader.ArrayOfExactly(2, "a station");
                station.PublicKey = reader.Bytes(KeyBytes, "a station's key");
                station.HighestRole = (Role)reader.Int((int)Role.Technician, (int)Role.Dock, "a station's highest role");
                Stations[i] = station;
            }
        }

        private void ReadSettings(DocumentReader reader)
        {
            reader.Map(9, "the settings");
            reader.Key(1);
            Settings.PreEventSeconds = (int)reader.Int(0, CameraConfiguration.MaxPreEventSeconds, "the pre-event");
            reader.Key(2);
            Settings.Size = (FrameSize)reader.Int(0, LastSize, "the frame size");
            reader.Key(3);
            Settings.Quality = (FrameQuality)reader.Int(0, LastQuality, "the quality");
            reader.Key(4);
            Settings.IntervalMs = (int)reader.Int(0, int.MaxValue, "the frame interval");
            reader.Key(5);
            Settings.Unit = reader.Text(DeviceIdentity.MaxUnitName, "the unit name");
            reader.Key(6);
            Settings.EventStarts = reader.Int(0, 1, "what the event button does") == 1;
            reader.Key(7);
            Settings.Covert = reader.Int(0, 1, "covert mode") == 1;
            reader.Key(8);
            Settings.SlotBytes = (int)reader.Int(0, MostSlotBytes, "the size of slots");
            reader.Key(9);
            Settings.ContinueSeconds = (int)
                reader.Int(0, CameraConfiguration.MaxContinueSeconds, "the time within which a recording goes on");
        }

        private void ReadPrivate(DocumentReader reader)
        {
            if (reader.TakeNull())
            {
                return;
            }

            reader.ArrayOfExactly(4, "the private facts");

            // Not kept: it is in the payload, so in the digest, and that is all that it is for.
            reader.Bytes(SaltBytes, "the salt");
            Settings.Private.Officer = reader.Text(PrivateFacts.MaxOfficer, "the officer");
            Settings.Private.Place = reader.Text(PrivateFacts.MaxPlace, "the place");
            Settings.Private.Note = reader.Text(PrivateFacts.MaxNote, "the note");

            // Without a recipient there is no sealed box to put them into, and in the clear they must not stand (FORMAT.md 8.3).
            if (reader.Error == null && !Settings.IsSealed)
            {
                reader.Fail("private facts need a recipient");
            }
        }

        private string Contradiction()
        {
            // A station named twice could be given two roles: refused rather than resolved.
            for (int i = 0; i < Stations.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    if (SegmentHead.Same(Stations[i].PublicKey, 0, Stations[j].PublicKey))
                    {
                        return "a station is named twice";
                    }
                }
            }

            if (HasTwice(Archives))
            {
                return "an archive is named twice";
            }

            return HasTwice(Settings.Recipients) ? "a recipient is named twice" : null;
        }

        private static bool HasTwice(byte[][] keys)
        {
            for (int i = 0; i < keys.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    if (SegmentHead.Same(keys[i], 0, keys[j]))
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }
}
