// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// The device's secrets and counters in internal storage: made at a technician's order, never on the card, never in a log. Every boot
    /// stores the next boot number before anything is derived from it. What cannot be read is a fault, and never taken for what is not
    /// there.
    /// </summary>
    public sealed class DeviceKeys
    {
        /// <summary>Bytes of the secret that all others come from.</summary>
        public const int SecretBytes = 64;

        // A secret that took another one's place (CUSTODY.md section 7) is followed by what stays: the key of internal storage, the device
        // id, and where the former keys end.
        private const int StorageKeyAt = SecretBytes;
        private const int IdAt = StorageKeyAt + Digests.Size;
        private const int IdBytes = 16;
        private const int RotationsAt = IdAt + IdBytes;
        private const int RotationBootAt = RotationsAt + 4;
        private const int RotationRecordingsAt = RotationBootAt + 4;
        private const int LaterSecretBytes = RotationRecordingsAt + 4;

        /// <summary>Bytes of the counters.</summary>
        public const int CounterBytes = 8 + Digests.Size;

        // 256 bytes of raw randomness and more are pooled for a key (facts on esp_random: weak while no radio runs).
        private const int PoolBytes = 512;

        // Measurements stirred into the pool of a key: 3 ms and more in all. A seal is one of many from a state that goes on, and has a
        // slice of 6 ms.
        private const int KeyStirs = 32;
        private const int SealStirs = 8;

        private static readonly byte[] SeedLabel = Digests.Label("LAPEL-SEED-1");
        private static readonly byte[] MacLabel = Digests.Label("LAPEL-MAC-1");
        private static readonly byte[] NonceLabel = Digests.Label("LAPEL-NONCE-1");
        private static readonly byte[] SealLabel = Digests.Label("LAPEL-SEAL-1");
        private static readonly byte[] RecordingLabel = Digests.Label("LAPEL-RECORDING-1");
        private static readonly byte[] StorageLabel = Digests.Label("LAPEL-STORAGE-1");
        private static readonly byte[] ChallengeLabel = Digests.Label("LAPEL-CHALLENGE-1");

        private readonly IBoard _board;
        private byte[] _seed;
        private byte[] _macKey;
        private byte[] _bootSecret;
        private byte[] _lastClose;
        private byte[] _sealState;
        private bool _hasNoGauge;
        private int _bootNumber;
        private int _recordings;
        private int _challenges;

        /// <summary>Nothing is loaded yet.</summary>
        public DeviceKeys(IBoard board)
        {
            _board = board;
            Commitments = new Commitments(board.Store);
        }

        /// <summary>What the device last committed to; loaded with the secrets.</summary>
        public Commitments Commitments { get; }

        /// <summary>Seed of the Ed25519 device key, 32 bytes.</summary>
        public byte[] Seed
        {
            get { return _seed; }
        }

        /// <summary>Secret of the fragment MAC, 32 bytes.</summary>
        public byte[] MacKey
        {
            get { return _macKey; }
        }

        /// <summary>
        /// Secret of the MAC over what lies in internal storage; null when there is no secret or it cannot be read. Counts no boot: it
        /// serves before the keys are up.
        /// </summary>
        public static byte[] StorageKey(IBoard board)
        {
            byte[] secret;
            return board.Store.Load(StoreEntries.Secret, out secret) == StoreStatus.Ok ? StorageKeyOf(board, secret) : null;
        }

        /// <summary>How the keys stand since the last <see cref="Boot"/>.</summary>
        public KeyStatus Status { get; private set; }

        /// <summary>The entry of internal storage that <see cref="KeyStatus.Damaged"/> or CannotWrite is about; null otherwise.</summary>
        public string FaultyEntry { get; private set; }

        /// <summary>Device id, 16 bytes, of a device whose key was changed; null when it follows from the key in force.</summary>
        public byte[] Id { get; private set; }

        /// <summary>How often the key was changed.</summary>
        public int Rotations { get; private set; }

        /// <summary>The first boot under the key in force; 0 when there was no other.</summary>
        public int RotationBoot { get; private set; }

        /// <summary>Number of the newest recording under a former key; 0 when there is none.</summary>
        public int RotationRecordings { get; private set; }

        /// <summary>The former keys. Fewer than <see cref="Rotations"/> when internal storage has lost them.</summary>
        public KeyHistory History { get; private set; }

        /// <summary>The secret that waits to come into force; null when none does.</summary>
        public NextSecret Next { get; private set; }

        /// <summary>How often the device has booted, this time included.</summary>
        public int BootNumber
        {
            get { return _bootNumber; }
        }

        /// <summary>Number of the newest recording; 0 when there was none.</summary>
        public int Recordings
        {
            get { return _recordings; }
        }

        /// <summary>Last close digest of the newest recording that was closed, or null.</summary>
        public byte[] LastClose
        {
            get { return _lastClose; }
        }

        /// <summary>Why the keys are not up, for a technician; empty when they are, or it is not known yet.</summary>
        public string FaultText
        {
            get
            {
                switch (Status)
                {
                    case KeyStatus.NoKey:
                        return "no device key: a technician orders one";
                    case KeyStatus.Damaged:
                        return "internal storage: " + FaultyEntry + " cannot be read";
                    case KeyStatus.CannotWrite:
                        return "internal storage takes no writes";
                    case KeyStatus.Retired:
                        return "retired";
                    default:
                        return "";
                }
            }
        }

        /// <summary>Internal storage failed after the boot was counted: nothing may be signed.</summary>
        public void Fail()
        {
            Status = KeyStatus.CannotWrite;
        }

        /// <summary>
        /// Loads the secrets and counts the boot. False when they are not up then: <see cref="Status"/> says why. It makes no key and
        /// changes nothing but the boot counter.
        /// </summary>
        public bool Boot()
        {
            byte[] secret;
            Status = Find(out secret);
            if (Status != KeyStatus.Up)
            {
                return false;
            }

            Commitments.Load(_recordings);
            if (Commitments.Newest > _recordings)
            {
                _recordings = Commitments.Newest;
            }

            _lastClose = Commitments.LastClose ?? _lastClose;
            _bootNumber++;
            if (!SaveCounters())
            {
                Status = Faulty(KeyStatus.CannotWrite, StoreEntries.Counters);
                return false;
            }

            Take(secret);
            History = Id == null && Next == null ? KeyHistory.None() : OwnHistory();
            return true;
        }

        /// <summary>
        /// Makes the first secret, at a technician's order: only while internal storage is empty. Counters first, all zero, then the
        /// secret; a cut before the secret is whole leaves a device without a key as before. <see cref="Boot"/> comes next.
        /// </summary>
        /// <returns>False when there is a key, or a trace of one, or internal storage takes no writes.</returns>
        public bool Make()
        {
            byte[] nothing;
            if (Find(out nothing) != KeyStatus.NoKey)
            {
                return false;
            }

            if (!_board.Store.Save(StoreEntries.Counters, new byte[CounterBytes]))
            {
                Status = Faulty(KeyStatus.CannotWrite, StoreEntries.Counters);
                return false;
            }

            byte[] secret = MakeSecret();
            bool saved = _board.Store.Save(StoreEntries.Secret, secret);
            Array.Clear(secret, 0, secret.Length);
            if (!saved)
            {
                Status = Faulty(KeyStatus.CannotWrite, StoreEntries.Secret);
            }

            return saved;
        }

        /// <summary>A fresh secret to come into force at the next boot, 64 bytes: pooled like the first one. The caller wipes it.</summary>
        public byte[] FreshSecret()
        {
            return MakeSecret();
        }

        /// <summary>Seed of the Ed25519 key that comes from a secret, or from its entry, 32 bytes.</summary>
        public byte[] SeedOf(byte[] secret)
        {
            return _board.Natives.HmacSha256(secret.Length == SecretBytes ? secret : Part(secret, 0, SecretBytes), SeedLabel);
        }

        /// <summary>
        /// Puts the next secret, whose statement is stored, in the place of the one in force, here and in internal storage. What else the
        /// device keeps secret comes from it too, but for the key of internal storage. False when internal storage cannot be written.
        /// </summary>
        public bool Replace(NextSecret next)
        {
            KeyHistory history = KeyHistory.Load(_board.Store);
            if (!history.Ends(next))
            {
                return false;
            }

            var secret = new byte[LaterSecretBytes];
            Array.Copy(next.Secret, 0, secret, 0, SecretBytes);
            byte[] storageKey = StorageKey(_board);
            if (storageKey == null)
            {
                return false;
            }

            Array.Copy(storageKey, 0, secret, StorageKeyAt, Digests.Size);
            Array.Copy(history.DeviceId, 0, secret, IdAt, IdBytes);
            BigEndian.Put32(secret, RotationsAt, next.Number);
            BigEndian.Put32(secret, RotationBootAt, history.BootNumber);
            BigEndian.Put32(secret, RotationRecordingsAt, history.Recordings);
            if (!_board.Store.Save(StoreEntries.Secret, secret))
            {
                return false;
            }

            Wipe();
            Take(secret);
            History = history;
            return true;
        }

        /// <summary>Seed of this boot's signature nonces: secret, boot number, fresh entropy. 32 bytes.</summary>
        public byte[] NonceSeed()
        {
            return _board.Natives.HmacSha256(_bootSecret, NonceLabel);
        }

        /// <summary>
        /// Counts a recording and commits to it. Called just after its first write: storing takes a while that the press must not wait for.
        /// Should the power go in between, the card's catalogue tells the number at the next boot.
        /// </summary>
        /// <param name="number">The highest recording number known, here or on the card.</param>
        public bool CountRecordings(int number)
        {
            if (number <= _recordings)
            {
                return true;
            }

            _recordings = number;
            Commitments.Begin(number);
            return Commitments.Save();
        }

        /// <summary>A recording's unique id, 16 bytes: nobody can tell from it how many there were.</summary>
        public byte[] RecordingId(int number)
        {
            var input = new byte[36];
            Array.Copy(RecordingLabel, 0, input, 0, 32);
            BigEndian.Put32(input, 32, number);
            var id = new byte[16];
            Array.Copy(_board.Natives.HmacSha256(_bootSecret, input), 0, id, 0, id.Length);
            return id;
        }

        /// <summary>
        /// A fresh secret for one recording's seal, 32 bytes: entropy into a state that only runs forward, so that neither what the device
        /// stores nor what it holds later leads back to it. The caller wipes it.
        /// </summary>
        public byte[] SealSecret()
        {
            if (_sealState == null)
            {
                _sealState = _board.Natives.HmacSha256(_bootSecret, SealLabel);
            }

            byte[] pool = Pool(SealStirs);
            byte[] both = _board.Natives.HmacSha512(_sealState, pool);
            Array.Clear(pool, 0, pool.Length);
            byte[] secret = new byte[32];
            Array.Copy(both, 0, _sealState, 0, 32);
            Array.Copy(both, 32, secret, 0, 32);
            Array.Clear(both, 0, both.Length);
            return secret;
        }

        /// <summary>32 fresh bytes for a log-in, never the same twice: secret, counter and entropy.</summary>
        public byte[] Challenge()
        {
            byte[] pool = Pool(SealStirs);
            BigEndian.Put32(pool, 0, ++_challenges);
            byte[] key = _board.Natives.HmacSha256(_bootSecret, ChallengeLabel);
            return _board.Natives.HmacSha256(key, pool);
        }

        /// <summary>
        /// Remembers the last close of a recording, to be named in the next. A store that fails costs the link, not the recording.
        /// </summary>
        public bool RememberClose(byte[] closeDigest)
        {
            _lastClose = closeDigest;
            Commitments.LastClose = closeDigest;
            return Commitments.Save();
        }

        /// <summary>
        /// A recording is closed, all of it: it is counted, and nothing of it is closed again. Its last close is remembered.
        /// </summary>
        /// <param name="number">The recording.</param>
        /// <param name="closeDigest">Its last close digest.</param>
        public bool CloseRecording(int number, byte[] closeDigest)
        {
            if (number > _recordings)
            {
                _recordings = number;
            }

            Commitments.Begin(number);
            Commitments.Close(number);
            return RememberClose(closeDigest);
        }

        /// <summary>Clears the secrets in memory: the device was retired.</summary>
        public void Wipe()
        {
            Array.Clear(_seed, 0, _seed.Length);
            Array.Clear(_macKey, 0, _macKey.Length);
            Array.Clear(_bootSecret, 0, _bootSecret.Length);
            if (_sealState != null)
            {
                Array.Clear(_sealState, 0, _sealState.Length);
            }
        }

        // Everything that must be readable before a boot may be counted. Nothing is written here.
        private KeyStatus Find(out byte[] secret)
        {
            FaultyEntry = null;
            byte[] content;
            StoreStatus retired = _board.Store.Load(StoreEntries.Retired, out content);
            StoreStatus status = _board.Store.Load(StoreEntries.Secret, out secret);
            if (retired == StoreStatus.Ok)
            {
                return KeyStatus.Retired;
            }

            if (retired != StoreStatus.Absent)
            {
                return Faulty(KeyStatus.Damaged, status == StoreStatus.Unreadable ? StoreEntries.Secret : StoreEntries.Retired);
            }

            // A repair that a cut broke off: until it is over, what is there may belong to two devices.
            RepairNote repair = RepairNote.Load(_board.Store);
            if (repair != null && repair.IsPending)
            {
                return Faulty(KeyStatus.Damaged, StoreEntries.Repaired);
            }

            if (status == StoreStatus.Absent)
            {
                string trace = StoreEntries.FirstTrace(_board.Store);
                return trace == null ? KeyStatus.NoKey : Faulty(KeyStatus.Damaged, StoreEntries.Secret);
            }

            if (status != StoreStatus.Ok || !IsSecret(secret))
            {
                return Faulty(KeyStatus.Damaged, StoreEntries.Secret);
            }

            if (_board.Store.Load(StoreEntries.Counters, out content) != StoreStatus.Ok || content.Length != CounterBytes)
            {
                return Faulty(KeyStatus.Damaged, StoreEntries.Counters);
            }

            TakeCounters(content);
            NextSecret next;
            if (NextSecret.Load(_board.Store, out next) == StoreStatus.Unreadable)
            {
                return Faulty(KeyStatus.Damaged, StoreEntries.Next);
            }

            Next = next;
            StoreStatus rotated = _board.Store.Load(StoreEntries.Rotated, out content);
            return next != null && rotated == StoreStatus.Unreadable ? Faulty(KeyStatus.Damaged, StoreEntries.Rotated) : KeyStatus.Up;
        }

        private KeyStatus Faulty(KeyStatus status, string entry)
        {
            FaultyEntry = entry;
            return status;
        }

        /// <summary>Whether this is a secret, as its entry has it.</summary>
        public static bool IsSecret(byte[] stored)
        {
            return stored != null
                && (stored.Length == SecretBytes || stored.Length == LaterSecretBytes)
                && !StoreEntries.IsZero(stored);
        }

        /// <summary>How often the key was changed, as the entry of the secret has it.</summary>
        public static int RotationsIn(byte[] stored)
        {
            return stored.Length == LaterSecretBytes ? BigEndian.Get32(stored, RotationsAt) : 0;
        }

        /// <summary>The device id that the entry of the secret has; null while the key was never changed.</summary>
        public static byte[] IdIn(byte[] stored)
        {
            return stored.Length == LaterSecretBytes ? Part(stored, IdAt, IdBytes) : null;
        }

        /// <summary>
        /// Secret of the MAC over what lies in internal storage, by the entry of a secret; null when it is none.
        /// </summary>
        public static byte[] StorageKeyOf(IBoard board, byte[] secret)
        {
            if (secret.Length == LaterSecretBytes)
            {
                return Part(secret, StorageKeyAt, Digests.Size);
            }

            return secret.Length == SecretBytes ? board.Natives.HmacSha256(secret, StorageLabel) : null;
        }

        private void TakeCounters(byte[] counters)
        {
            _bootNumber = BigEndian.Get32(counters, 0);
            _recordings = BigEndian.Get32(counters, 4);
            _lastClose = Part(counters, 8, Digests.Size);
            if (StoreEntries.IsZero(_lastClose))
            {
                _lastClose = null;
            }
        }

        private void Take(byte[] stored)
        {
            byte[] secret = Part(stored, 0, SecretBytes);
            if (stored.Length == LaterSecretBytes)
            {
                Id = Part(stored, IdAt, IdBytes);
                Rotations = BigEndian.Get32(stored, RotationsAt);
                RotationBoot = BigEndian.Get32(stored, RotationBootAt);
                RotationRecordings = BigEndian.Get32(stored, RotationRecordingsAt);
            }

            _seed = _board.Natives.HmacSha256(secret, SeedLabel);
            _macKey = _board.Natives.HmacSha256(secret, MacLabel);
            _bootSecret = BootSecret(secret);
            _sealState = null;
        }

        // Statements of another secret's life, which was lost, are not this device's.
        private KeyHistory OwnHistory()
        {
            KeyHistory history = KeyHistory.Load(_board.Store);
            bool own = Id == null ? history.Ends(Next) : history.Count > 0 && SegmentHead.Same(Id, 0, history.DeviceId);
            return own ? history : KeyHistory.None();
        }

        private static byte[] Part(byte[] from, int offset, int count)
        {
            var part = new byte[count];
            Array.Copy(from, offset, part, 0, count);
            return part;
        }

        private byte[] MakeSecret()
        {
            byte[] pool = Pool(KeyStirs);
            byte[] secret = _board.Natives.HmacSha512(SeedLabel, pool);
            Array.Clear(pool, 0, pool.Length);
            return secret;
        }

        private byte[] BootSecret(byte[] secret)
        {
            byte[] pool = Pool(KeyStirs);
            BigEndian.Put32(pool, 0, _bootNumber);
            return _board.Natives.HmacSha256(secret, pool);
        }

        // Raw randomness with battery noise and timing stirred in: no single weak source decides.
        private byte[] Pool(int stirs)
        {
            var pool = new byte[PoolBytes];
            _board.Entropy.Fill(pool);
            for (int i = 0; i < stirs; i++)
            {
                int at = 16 + i * 8;
                BigEndian.Put32(pool, at, BigEndian.Get32(pool, at) ^ BatteryNoise());
                BigEndian.Put32(pool, at + 4, BigEndian.Get32(pool, at + 4) ^ (int)_board.Clock.Microseconds);
            }

            return pool;
        }

        // One source of several: a gauge that is broken keeps no key from being made.
        private int BatteryNoise()
        {
            if (_hasNoGauge)
            {
                return 0;
            }

            try
            {
                return _board.Battery.Millivolts();
            }
            catch (Exception)
            {
                _hasNoGauge = true;
                _board.Clock.Sleep(0);
                return 0;
            }
        }

        private bool SaveCounters()
        {
            var counters = new byte[CounterBytes];
            BigEndian.Put32(counters, 0, _bootNumber);
            BigEndian.Put32(counters, 4, _recordings);
            if (_lastClose != null)
            {
                Array.Copy(_lastClose, 0, counters, 8, Digests.Size);
            }

            return _board.Store.Save(StoreEntries.Counters, counters);
        }
    }
}
