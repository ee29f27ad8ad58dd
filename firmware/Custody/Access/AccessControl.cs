// SPDX-License-Identifier: MIT

using Lapel.Crypto;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody
{
    /// <summary>
    /// Keys, roles and releases: the one place that says who may do what (CUSTODY.md). Everything that comes from outside is checked here,
    /// in steps, one task at a time, and nothing is changed before all of it holds.
    /// </summary>
    public sealed class AccessControl : IFileHolder
    {
        private readonly IBoard _board;
        private readonly Digests _digests;
        private readonly IAudit _audit;
        private readonly ConfigurationStore _installed;
        private readonly LoginChecker _login;
        private readonly ConfigurationChecker _configurations;
        private readonly ReceiptChecker _receipts;
        private readonly RetirementChecker _retirement;
        private readonly RotationChecker _rotation;
        private readonly RepairChecker _repair;
        private readonly StoreScrub _scrub;
        private bool _isRepaired;
        private CustodyTask _task;
        private DeviceIdentity _device;
        private DeviceKeys _keys;
        private CustodyResult _refusal = CustodyResult.None;
        private string _refusalText = "";
        private readonly CardFiles _files;

        /// <summary>Loads the configuration; without one the camera is unowned and has the defaults.</summary>
        /// <param name="board">The board.</param>
        /// <param name="digests">Hashes.</param>
        /// <param name="audit">Where everything is entered.</param>
        /// <param name="store">The card that receipts release segments of.</param>
        public AccessControl(IBoard board, Digests digests, IAudit audit, CardStore store)
            : this(board, digests, audit, store, new CameraConfiguration()) { }

        /// <summary>Loads the configuration; without one the camera is unowned and has the one given.</summary>
        /// <param name="board">The board.</param>
        /// <param name="digests">Hashes.</param>
        /// <param name="audit">Where everything is entered.</param>
        /// <param name="store">The card that receipts release segments of.</param>
        /// <param name="unowned">Configuration while no authority is installed.</param>
        public AccessControl(IBoard board, Digests digests, IAudit audit, CardStore store, CameraConfiguration unowned)
        {
            _board = board;
            _digests = digests;
            _audit = audit;
            _files = store.Files;
            _files.SetHolder(FileUse.Custody, this);
            _installed = new ConfigurationStore(board, digests);
            _installed.Load();

            // A configuration that is lost leaves the defaults in force, but nothing is recorded under them: IsConfigurationLost holds the
            // recorder.
            bool set = _installed.Installed != null;
            Configuration = set ? _installed.Installed.Settings : unowned;
            ConfigurationDigest = set ? _installed.Digest : digests.Configuration(unowned.Encode());
            TrustedKeys book = new TrustedKeys(digests, _installed);

            // One verifier for all, since one task runs at a time: its tables are taken once.
            Ed25519Verifier verifier = new Ed25519Verifier();
            _login = new LoginChecker(book, audit, verifier);
            _configurations = new ConfigurationChecker(_installed, book, audit, verifier);
            _receipts = new ReceiptChecker(book, audit, verifier, store);
            _retirement = new RetirementChecker(board, digests, book, _installed, audit, verifier, store);
            _rotation = new RotationChecker(digests, board.Store, book, _installed, audit, verifier, store);
            _repair = new RepairChecker(board, digests, book, _installed, verifier);
            _scrub = new StoreScrub(board.Store);

            // The certificate is what retires the camera: it is stored before the first secret is erased, so it is there whenever any of
            // them may be gone.
            IsRetired = Certificate != null;
            if (!IsRetired)
            {
                // A repair that a cut broke off goes on: it was decided.
                _task = _repair.Resume() ? _repair : null;
                return;
            }

            // The power went between the certificate and the last erased secret: the erasing goes on, before anything else is looked at.
            _retirement.Resume();
            _task = _retirement;
        }

        /// <summary>The configuration in force since boot.</summary>
        /// <remarks>
        /// One that is installed later has its keys and roles in force at once, its settings and recipients at the next boot.
        /// </remarks>
        public CameraConfiguration Configuration { get; private set; }

        /// <summary>The configuration that a restart brings into force; null when none waits.</summary>
        public CameraConfiguration Waiting
        {
            get { return IsRestartNeeded && _installed.Installed != null ? _installed.Installed.Settings : null; }
        }

        /// <summary>Digest of the configuration in force since boot, 32 bytes, as manifests state it.</summary>
        public byte[] ConfigurationDigest { get; private set; }

        /// <summary>Whether an authority is installed, or one may be that cannot be read.</summary>
        public bool IsOwned
        {
            get { return _installed.IsOwned; }
        }

        /// <summary>
        /// The camera is owned, but its configuration is damaged: nothing may be recorded before it is installed again, since it could have
        /// to be sealed.
        /// </summary>
        public bool IsConfigurationLost
        {
            get { return _installed.IsLost; }
        }

        /// <summary>Whether a configuration was installed that the next boot brings into force.</summary>
        public bool IsRestartNeeded { get; private set; }

        /// <summary>Whether the camera was retired: it has no secrets and records nothing.</summary>
        public bool IsRetired { get; private set; }

        /// <summary>Serial number of the configuration installed; 0 without one.</summary>
        public int Serial
        {
            get { return _installed.Serial; }
        }

        /// <summary>The role of the one session at the port.</summary>
        public Role Role
        {
            get { return _login.Role; }
        }

        /// <summary>Whether a task is under way.</summary>
        public bool IsBusy
        {
            get { return _task != null && _task.Result == CustodyResult.Running; }
        }

        /// <summary>Number of the task under way or last run: 1, 2, 3...</summary>
        public int TaskNumber { get; private set; }

        /// <summary>How it stands or came out.</summary>
        public CustodyResult Result
        {
            get { return _task == null ? _refusal : _task.Result; }
        }

        /// <summary>What exactly was wrong; empty when nothing was.</summary>
        public string ResultText
        {
            get { return _task == null ? _refusalText : _task.Text; }
        }

        /// <summary>
        /// A recording needs the card, or it went away: what is open on it is closed, and the task goes on from there later. An order to
        /// change the key is dropped: it may not be carried out with something unfinished on the card.
        /// </summary>
        public void PutOut()
        {
            if (_task != null)
            {
                _task.StandAside();
            }

            _rotation.Withdraw();
        }

        /// <summary>
        /// What is wrong with the card while no recording is under way; Ok when nothing is. A camera can be retired without one.
        /// </summary>
        public CardStatus CardFault
        {
            get { return _retirement.CardFault; }
            set { _retirement.CardFault = value; }
        }

        /// <summary>The keys are up: from here on documents and log-ins can be checked.</summary>
        public void SetDevice(DeviceIdentity device, DeviceKeys keys, ManifestSigner signer)
        {
            _device = device;
            _keys = keys;
            _receipts.SetInspector(new SlotInspector(_digests, device, signer));
            _retirement.SetDevice(device, keys, signer);
            _rotation.SetKeys(keys);
        }

        /// <summary>32 fresh bytes, valid for one log-in within 60 s.</summary>
        public byte[] Challenge()
        {
            byte[] challenge;

            // Before the keys are up there is no log-in to be had, but the caller is answered all the same, with bytes that no signature
            // will fit.
            if (_keys != null)
            {
                challenge = _keys.Challenge();
            }
            else
            {
                challenge = new byte[32];
                _board.Entropy.Fill(challenge);
            }

            _login.SetChallenge(challenge, _board.Clock.Microseconds / 1000);
            return challenge;
        }

        /// <summary>Begins to check a log-in.</summary>
        /// <param name="role">The role asked for.</param>
        /// <param name="fingerprint32">Fingerprint of the station's key.</param>
        /// <param name="signature64">Its signature over the challenge (CUSTODY.md section 4).</param>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        /// <returns>False when another task is under way.</returns>
        public bool BeginLogin(Role role, byte[] fingerprint32, byte[] signature64, long nowMs)
        {
            if (!Begin(_login))
            {
                return false;
            }

            if (_task != null)
            {
                // Without a device yet, Begin has noted the refusal; the caller sees it as the outcome of this task.
                _login.Begin(_device, role, fingerprint32, signature64, nowMs);
            }

            return true;
        }

        /// <summary>Begins to check and install a signed configuration.</summary>
        /// <param name="signed">The document; copied.</param>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        /// <returns>False when another task is under way.</returns>
        public bool BeginConfiguration(byte[] signed, long nowMs)
        {
            if (!Begin(_configurations))
            {
                return false;
            }

            if (_task != null)
            {
                // The digest before: of what is installed, which since this boot may be newer than what is in force.
                _configurations.Begin(signed, _device, _installed.Digest ?? ConfigurationDigest);
            }

            return true;
        }

        /// <summary>Begins to check a receipt and to release its segment.</summary>
        /// <param name="signed">The document.</param>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        /// <returns>False when another task is under way.</returns>
        public bool BeginReceipt(byte[] signed, long nowMs)
        {
            if (!Begin(_receipts))
            {
                return false;
            }

            if (_task != null)
            {
                _receipts.Begin(signed, _device);
            }

            return true;
        }

        /// <summary>Begins to check an order to retire and to carry it out.</summary>
        /// <param name="signed">The document.</param>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        /// <returns>False when another task is under way.</returns>
        public bool BeginRetirement(byte[] signed, long nowMs)
        {
            if (!Begin(_retirement))
            {
                return false;
            }

            if (_task != null)
            {
                _retirement.Begin(signed);
            }

            return true;
        }

        /// <summary>Begins to check an order to change the device's key.</summary>
        /// <param name="signed">The document.</param>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        /// <returns>False when another task is under way.</returns>
        public bool BeginRotation(byte[] signed, long nowMs)
        {
            if (!Begin(_rotation))
            {
                return false;
            }

            if (_task != null)
            {
                _rotation.Begin(signed, _device);
            }

            return true;
        }

        /// <summary>Begins to check an order to repair internal storage and to carry it out: while there are no keys.</summary>
        /// <param name="signed">The document.</param>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        /// <returns>False when another task is under way.</returns>
        public bool BeginRepair(byte[] signed, long nowMs)
        {
            if (IsBusy)
            {
                return false;
            }

            TaskNumber++;
            _task = IsRetired ? null : _repair;
            if (_task != null)
            {
                _repair.Begin(signed);
                return true;
            }

            _refusal = CustodyResult.NotAllowed;
            _refusalText = "the camera is retired";
            return true;
        }

        /// <summary>What is wrong with internal storage, as an order to repair it has to name it. Read at each call.</summary>
        public StoreDamage Damage()
        {
            return StoreDamage.Of(_board, _digests);
        }

        /// <summary>Whether internal storage was repaired in this boot.</summary>
        public bool IsRepaired
        {
            get { return _isRepaired; }
        }

        /// <summary>Whether the camera has to restart: for a change of its key, or since internal storage was repaired.</summary>
        public bool IsRestartOrdered
        {
            get { return _rotation.IsOrdered || _isRepaired; }
        }

        /// <summary>Whether the camera has to restart for a change of its key.</summary>
        public bool IsRotationOrdered
        {
            get { return _rotation.IsOrdered; }
        }

        /// <summary>
        /// Decides a change of the key that was ordered: the last thing before a restart, after which nothing may be signed. Without an
        /// order it does nothing.
        /// </summary>
        public void CommitRotation()
        {
            _rotation.Commit();
        }

        /// <summary>Writes one entry over what internal storage may still hold of a former secret.</summary>
        /// <returns>False when nothing is left to be written.</returns>
        public bool Scrub()
        {
            // A retired camera scrubs as part of its own task, which also says when it is done.
            return !IsRetired && _scrub.Step();
        }

        /// <summary>
        /// The signed configuration that is installed, as it came; null without one, and when it names people or places, which nobody gets
        /// back. Read from storage at each call.
        /// </summary>
        public byte[] Document
        {
            get { return _installed.Installed != null && _installed.Installed.Settings.Private.IsEmpty ? _installed.Document : null; }
        }

        /// <summary>The certificate of a retired camera; null while it is in service.</summary>
        public byte[] Certificate
        {
            get
            {
                byte[] certificate;
                _board.Store.Load(StoreEntries.Retired, out certificate);
                return certificate;
            }
        }

        /// <summary>One slice or one card operation.</summary>
        /// <returns>True while work remains and could be done.</returns>
        public bool Step(long nowMs)
        {
            if (!IsBusy)
            {
                return false;
            }

            bool worked = _task.Step(nowMs);
            if (_task == _retirement && !IsRetired)
            {
                IsRetired = _retirement.IsCertified;
            }

            // The session ends: its role came from a configuration that no longer holds, and the station may not be named in the new one.
            if (_task == _configurations && _task.Result == CustodyResult.Done)
            {
                IsRestartNeeded = true;
                _login.Logout();
            }

            _isRepaired |= _task == _repair && _task.Result == CustodyResult.Done;
            if (!IsBusy)
            {
                _files.Leave(FileUse.Custody);
            }

            return worked;
        }

        /// <summary>Gives the role back.</summary>
        public void Logout()
        {
            // A log-in that is being checked ends in a role or a refusal; there is none to give back yet.
            if (!IsBusy || _task != _login)
            {
                _login.Logout();
            }
        }

        /// <summary>How long nobody can log in, milliseconds; 0 when somebody can.</summary>
        public long LockedForMs(long nowMs)
        {
            return _login.LockedForMs(nowMs);
        }

        private bool Begin(CustodyTask task)
        {
            if (IsBusy)
            {
                return false;
            }

            // Counted even when refused at once: who asked knows the outcome by the number, and never takes another task's for its own.
            TaskNumber++;
            _task = _device == null ? null : task;
            if (_task != null)
            {
                return true;
            }

            // No device: its keys are not up, or were erased. Nothing can be checked without its id.
            _refusal = CustodyResult.NotAllowed;
            _refusalText = IsRetired ? "the camera is retired" : "the camera is still starting";
            return true;
        }
    }
}
