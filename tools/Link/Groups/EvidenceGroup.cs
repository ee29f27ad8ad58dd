// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;

namespace Lapel.Link
{
    /// <summary>Group 64: who the camera is, roles, evidence, receipts (PROTOCOL.md).</summary>
    public sealed class EvidenceGroup
    {
        /// <summary>Its number.</summary>
        public const int Id = 64;

        /// <summary>Commands.</summary>
        public const int HelloCommand = 0,
            AuthenticateCommand = 1,
            OutcomeCommand = 2,
            ListCommand = 3,
            ItemCommand = 4,
            RangeCommand = 5,
            CancelCommand = 6,
            BaudCommand = 7,
            ReceiptCommand = 8,
            LogoutCommand = 9,
            RetireCommand = 10,
            RotateCommand = 11,
            LogCommand = 13,
            RepairCommand = 14;

        /// <summary>Most bytes of rotation statements: eight sectors (FORMAT.md section 11).</summary>
        private const int MostRotationBytes = 4096;

        /// <summary>Most bytes of a certificate of retirement: it is an entry of internal storage (CUSTODY.md 6.3).</summary>
        private const int MostCertificateBytes = 4096;

        /// <summary>Most bytes in a range.</summary>
        public const int LargestRange = 262144;

        /// <summary>Bytes of a close digest (FORMAT.md 3.4).</summary>
        private const int CloseDigestBytes = 32;

        /// <summary>Entries asked for at a time.</summary>
        private const int ListAtATime = 16;

        /// <summary>A signature takes the camera 0.3 s, its card a little; a recording comes first.</summary>
        private static readonly TimeSpan TaskTime = TimeSpan.FromSeconds(20),
            LookAgain = TimeSpan.FromMilliseconds(50);

        /// <summary>
        /// A retirement ends with 1,158 entries of internal storage written, two blocks of flash erased for each and now and then its
        /// directory's. Flash of this kind erases a block of 4 KiB in 45 ms as a rule and in 400 ms at most, by its data sheets: 926 s at
        /// most, and the survey of the card and a recording's end before it.
        /// </summary>
        private static readonly TimeSpan RetirementTime = TimeSpan.FromMinutes(20);

        /// <summary>
        /// A recording that goes on in its next slot needs the card for itself for 2 s at most; one that just began for longer, which is
        /// told.
        /// </summary>
        private const int MostRefusals = 12;

        private static readonly TimeSpan RefusedPause = TimeSpan.FromMilliseconds(250);

        private readonly SmpClient _smp;

        /// <param name="smp">The connection.</param>
        public EvidenceGroup(SmpClient smp) => _smp = smp;

        /// <summary>Who is there, with a fresh challenge.</summary>
        public Hello Hello(int tries = 3, TimeSpan? answerTime = null) =>
            Link.Hello.Read(_smp.Ask(SmpOp.Read, Id, HelloCommand, null, tries, answerTime));

        /// <summary>
        /// Proves the station's key and gets a role. Throws <see cref="LinkException"/> with the reason when the camera does not take it.
        /// </summary>
        public void Login(IStation station, CameraRole role)
        {
            Hello hello = Hello();
            byte[] proof = station.Prove(hello.DeviceId, hello.Nonce, role);
            // Asked once: the challenge is used up with it, whether the answer arrives or not.
            CborMap begun = _smp.Ask(
                SmpOp.Write,
                Id,
                AuthenticateCommand,
                to => to.Pair("role", (int)role).Pair("key", station.Fingerprint).Pair("sig", proof),
                tries: 1
            );
            TaskOutcome outcome = EndOf(begun.Number("task"));
            if (outcome.Result != TaskResult.Done || outcome.Role < role)
            {
                throw TaskFailures.Login(outcome);
            }
        }

        /// <summary>Gives the role back.</summary>
        public void Logout() => _smp.Ask(SmpOp.Write, Id, LogoutCommand, null);

        /// <summary>How far the camera's audit log has come, and how it was found on the card.</summary>
        public LogState Log() => LogState.Read(_smp.Ask(SmpOp.Read, Id, LogCommand, null));

        /// <summary>How the last task stands.</summary>
        public TaskOutcome Outcome()
        {
            CborMap map = _smp.Ask(SmpOp.Read, Id, OutcomeCommand, null);
            return new TaskOutcome(
                map.Number("task"),
                (TaskResult)map.Number("result"),
                map.Text("text", ""),
                (CameraRole)map.Number("role")
            );
        }

        /// <summary>Waits for a task to end.</summary>
        public TaskOutcome Wait(long task) => Wait(task, TaskTime);

        private TaskOutcome Wait(long task, TimeSpan within)
        {
            TimeSpan end = _smp.Line.Now + within;
            while (true)
            {
                TaskOutcome outcome = Outcome();
                if (
                    outcome.Task != task && outcome.Result != TaskResult.Running
                    || outcome.Task == task && outcome.Result > TaskResult.Running
                )
                {
                    return outcome;
                }

                if (_smp.Line.Now > end)
                {
                    throw new LinkException(
                        LinkFailure.Silent,
                        "the camera does not come to an end with its task",
                        "try again when it does not record"
                    );
                }

                _smp.Pump(LookAgain);
            }
        }

        /// <summary>The slots that hold a segment.</summary>
        public IReadOnlyList<SlotEntry> List()
        {
            var entries = new List<SlotEntry>();
            long from = 0;
            while (true)
            {
                CborMap map = AskOfCard(ListCommand, to => to.Pair("from", from).Pair("n", ListAtATime));
                foreach (object? item in map.List("items"))
                {
                    entries.Add(SlotEntry.Read(item));
                }

                long next = map.Number("next", -1);
                if (next < 0)
                {
                    return entries;
                }

                if (next <= from)
                {
                    throw CborMap.Bad("the list runs in a circle");
                }

                from = next;
            }
        }

        /// <summary>What can be fetched under an id.</summary>
        public ItemFacts Item(int id) => Facts(id, AskOfCard(ItemCommand, to => to.Pair("id", id)));

        /// <summary>Asks what can be fetched under an id, without waiting. Returns the request's sequence number.</summary>
        internal byte SendItem(int id) => _smp.Send(SmpOp.Read, Id, ItemCommand, to => to.Pair("id", id));

        /// <summary>What an answer tells of an item.</summary>
        internal static ItemFacts Facts(int id, CborMap map)
        {
            long length = map.Number("len"),
                block = map.Number("k");
            if (length < 0 || block < BlockMap.UnitBytes || block > BulkFrame.LargestPayload || block % BlockMap.UnitBytes != 0)
            {
                throw CborMap.Bad("an item has a length or block size that cannot be");
            }

            return new ItemFacts(id, length, (int)block, map.Has("digest") ? map.Bytes("digest", CloseDigestBytes) : null);
        }

        /// <summary>Asks for what lies on the card, again while a recording has it.</summary>
        private CborMap AskOfCard(int command, Action<CborWriter> content)
        {
            for (int refusals = 0; ; refusals++)
            {
                try
                {
                    return _smp.Ask(SmpOp.Read, Id, command, content);
                }
                catch (LinkException error) when (error.Is(Id, (int)EvidenceError.Busy) && refusals < MostRefusals)
                {
                    _smp.Pump(RefusedPause);
                }
            }
        }

        /// <summary>Asks for a range; frames follow, then the answer. Returns the request's sequence number.</summary>
        internal byte SendRange(int id, long offset, int length, int block) =>
            _smp.Send(SmpOp.Read, Id, RangeCommand, to => to.Pair("id", id).Pair("off", offset).Pair("len", length).Pair("k", block));

        /// <summary>Ends ranges under way. False when the camera did not answer.</summary>
        public bool Cancel(TimeSpan answerTime)
        {
            try
            {
                _smp.Ask(SmpOp.Write, Id, CancelCommand, null, tries: 1, answerTime);
                return true;
            }
            catch (LinkException error) when (error.Failure == LinkFailure.Silent)
            {
                return false;
            }
        }

        /// <summary>
        /// Asks for another rate; the camera's changes with its answer. The line must follow and something be asked within 2 s.
        /// </summary>
        public void ChangeBaud(int baud) => _smp.Ask(SmpOp.Write, Id, BaudCommand, to => to.Pair("baud", baud), tries: 1);

        /// <summary>
        /// Brings an order to change the camera's key and waits for what becomes of it. Done means that the camera restarts and comes back
        /// with the new key.
        /// </summary>
        public TaskOutcome Rotate(byte[] order)
        {
            CborMap begun = _smp.Ask(SmpOp.Write, Id, RotateCommand, to => to.Pair("r", order), tries: 1);
            return AcrossRestart(begun.Number("task"));
        }

        private TaskOutcome AcrossRestart(long task)
        {
            TaskOutcome outcome = Wait(task);

            // A camera that has restarted already counts its tasks anew; how its key stands shows in its hello.
            bool restarted = outcome.Task < task && outcome.Result == TaskResult.None;
            return restarted ? outcome with { Task = task, Result = TaskResult.Done } : outcome;
        }

        /// <summary>What is wrong with the camera's internal storage, as an order to repair it has to name it.</summary>
        public StoreDamage Damage()
        {
            CborMap map = _smp.Ask(SmpOp.Read, Id, RepairCommand, null);
            return new StoreDamage((int)map.Number("needed"), map.Text("entries"), map.Bytes("state", 32));
        }

        /// <summary>
        /// Brings an order to repair internal storage and waits for what becomes of it. Done means that the camera restarts with its keys.
        /// </summary>
        public TaskOutcome Repair(byte[] order)
        {
            CborMap begun = _smp.Ask(SmpOp.Write, Id, RepairCommand, to => to.Pair("r", order), tries: 1);
            return AcrossRestart(begun.Number("task"));
        }

        /// <summary>The statements of a camera whose key was changed; empty when it was not.</summary>
        public byte[] Rotations() => InParts(RotateCommand, MostRotationBytes, "rotation statements");

        /// <summary>
        /// Brings an order to retire and waits for what becomes of it. Done means that the camera has erased its secrets.
        /// </summary>
        public TaskOutcome Retire(byte[] order)
        {
            CborMap begun = _smp.Ask(SmpOp.Write, Id, RetireCommand, to => to.Pair("r", order), tries: 1);
            return Wait(begun.Number("task"), RetirementTime);
        }

        /// <summary>The certificate of a retired camera; empty while it is in service.</summary>
        public byte[] Certificate() => InParts(RetireCommand, MostCertificateBytes, "certificate");

        /// <summary>
        /// Waits until a retired camera has erased all that it has to: it is retired before, and goes on with the erasing after a power
        /// cut.
        /// </summary>
        public void AwaitErased()
        {
            TaskOutcome outcome = Outcome();
            if (outcome.Result == TaskResult.Running)
            {
                Wait(outcome.Task, RetirementTime);
            }
        }

        /// <summary>What the camera gives to anybody in parts; empty when it has none.</summary>
        private byte[] InParts(int command, int most, string what)
        {
            var whole = new List<byte>();
            while (true)
            {
                CborMap map;
                try
                {
                    map = _smp.Ask(SmpOp.Read, Id, command, to => to.Pair("off", whole.Count));
                }
                catch (LinkException error) when (error.Is(Id, (int)EvidenceError.NoSuchItem) && whole.Count == 0)
                {
                    return [];
                }
                byte[] part = map.Bytes("data");
                long length = map.Number("len");
                if (map.Number("off") != whole.Count || length > most || part.Length > length - whole.Count)
                {
                    throw CborMap.Bad($"the parts of its {what} do not fit together");
                }

                whole.AddRange(part);
                if (whole.Count == length)
                {
                    return [.. whole];
                }

                if (part.Length == 0)
                {
                    throw CborMap.Bad($"the parts of its {what} end early");
                }
            }
        }

        /// <summary>Brings a receipt and waits for what becomes of it.</summary>
        public TaskOutcome Receipt(byte[] receipt)
        {
            CborMap begun = _smp.Ask(SmpOp.Write, Id, ReceiptCommand, to => to.Pair("r", receipt), tries: 1);
            return EndOf(begun.Number("task"));
        }

        /// <summary>Waits for a task that does not end with a restart.</summary>
        private TaskOutcome EndOf(long task)
        {
            TaskOutcome outcome = Wait(task);
            return outcome.Result != TaskResult.None
                ? outcome
                : throw new LinkException(LinkFailure.Restarted, "the camera has restarted in the middle of it", "try again");
        }
    }
}
