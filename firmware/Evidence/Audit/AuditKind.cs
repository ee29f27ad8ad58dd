// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>What an entry of the audit log states (FORMAT.md 9.1).</summary>
    /// <remarks>
    /// Numbers are part of the format and never change their meaning. Where something was refused, the code is why: the custody results of
    /// 9.1, 3 to 11.
    /// </remarks>
    public enum AuditKind
    {
        /// <summary>
        /// Power-on: code how the boot before ended (<see cref="BootEnd"/>), first what began this one (WokenBy), data the digest of the
        /// configuration in force.
        /// </summary>
        Boot = 1,

        /// <summary>The recorder's state: code the new one, first the one before.</summary>
        State = 2,

        /// <summary>
        /// A press: code the button, first its beginning (monotonic ms), second its duration (ms; -1 still down after a minute), data one
        /// byte: what it was taken for (<see cref="PressMeaning"/>).
        /// </summary>
        Press = 3,

        /// <summary>
        /// A recording began: code its number, first recording zero (monotonic ms), second the pre-event obtained (ms), data its id.
        /// </summary>
        RecordingStarted = 4,

        /// <summary>A recording was closed: code its number, first why (<see cref="CloseReason"/>), data the last close digest.</summary>
        RecordingClosed = 5,

        /// <summary>A marker: code the button, first its time (monotonic ms).</summary>
        Marker = 6,

        /// <summary>Sound was muted or not: code 1 or 0.</summary>
        Mute = 7,

        /// <summary>
        /// The clock was set: code the source (<see cref="ClockSource"/>), first the old UTC ms (0 unset), second the new one at the
        /// entry's monotonic time, data its uncertainty in ms (4 bytes). Binds the monotonic time of the boot to UTC.
        /// </summary>
        Clock = 8,

        /// <summary>Somebody logged in, or gave the role back: code the role, 0 then; data the fingerprint of the station's key.</summary>
        Login = 9,

        /// <summary>A log-in was refused: code why.</summary>
        LoginRefused = 10,

        /// <summary>
        /// The configuration changed: code its serial number, first whose it is (<see cref="AuthorityChange"/>), data the digest before,
        /// then the digest after.
        /// </summary>
        Configuration = 11,

        /// <summary>Faults: code the set of them now, first the set before.</summary>
        Fault = 12,

        /// <summary>
        /// Battery: code percent, first millivolts, second 1 when the warning begins, 0 when it ends, 2 when it is empty, 3 when it is too
        /// low for a recording to go on by itself.
        /// </summary>
        Battery = 13,

        /// <summary>The card: code the card status, first slots, second free slots.</summary>
        Card = 14,

        /// <summary>
        /// A segment was released: code its slot, first the recording number, second the segment, data the close digest, then the archive's
        /// fingerprint; the first 8 bytes of the digest alone when recovery finished it.
        /// </summary>
        Released = 15,

        /// <summary>A receipt was refused: code why.</summary>
        ReceiptRefused = 16,

        /// <summary>A segment was closed by recovery: code its slot, first the recording number, second the segment.</summary>
        Recovered = 17,

        /// <summary>Secrets were erased: data the digest of the certificate.</summary>
        Retired = 18,

        /// <summary>The camera is alive: code the recorder's state. Bounds the time of a power cut.</summary>
        Alive = 19,

        /// <summary>Entries found no room: code how many.</summary>
        Lost = 20,

        /// <summary>
        /// In a dock, which has logged in, or out of it, since it logged out or nothing came at the port for 30 s: code 1 or 0.
        /// </summary>
        Docked = 21,

        /// <summary>A self-test ended: code the tests that failed, first those that passed.</summary>
        SelfTest = 22,

        /// <summary>
        /// The log on the card was not simply the one left off: code how (<see cref="Lapel.Evidence.LogFound"/>), first the last sequence
        /// number known, second the last one found (0: none), or how many are missing.
        /// </summary>
        LogFound = 23,

        /// <summary>A proper end: code how (<see cref="BootEnd"/>). Nothing of this boot follows.</summary>
        Ended = 24,

        /// <summary>A configuration was refused: code why.</summary>
        ConfigurationRefused = 25,

        /// <summary>An order to retire was refused: code why.</summary>
        OrderRefused = 26,

        /// <summary>
        /// The device's key: code the number of the rotation, first how far it is (<see cref="RotationStage"/>). Data when ordered: H of
        /// the order's payload; when in force: the fingerprint before, then the one from now on.
        /// </summary>
        KeyRotation = 27,

        /// <summary>An order to change the device's key was refused, or dropped before it was carried out: code why.</summary>
        RotationRefused = 28,

        /// <summary>The device's first key was made, at an order at the port: data its fingerprint.</summary>
        KeyMade = 29,

        /// <summary>
        /// Recovery left a segment as it is: code the slot, first the recording, second the segment, data one byte: 1 the device had
        /// closed it and the card does not hold that close, 2 it holds other footage than the device committed to.
        /// </summary>
        RecoveryRefused = 30,

        /// <summary>
        /// A recording of an earlier moment was not closed, and recovery begins: what the device had committed to of it, code flags, first
        /// the recording, second the committed end, data as in <see cref="Commitment.Put"/>.
        /// </summary>
        CutRecording = 31,

        /// <summary>
        /// A part failed and is begun anew: code the part, first how often it has since boot, second what was thrown. Entered the first
        /// time and each time that the count has doubled.
        /// </summary>
        PartFailed = 32,

        /// <summary>
        /// The boot before ended in a restart of its own: code the part that failed, first what was thrown, second how many restarts the
        /// series has; data the number of that boot (4 bytes), how long it ran (ms, 8), UTC (ms, 8; 0 unset), 1 when the camera had given
        /// up (1), then the digest of the build, when it has one.
        /// </summary>
        RestartedAfter = 33,

        /// <summary>
        /// A recording that the power, a restart or a fault had ended goes on: code the number of the new one, first that of the one
        /// before, second the gap between them (ms, at most; -1 not known); data id of the one before (16), its live segment (4),
        /// fragments (4) and chain value (32) as last committed.
        /// </summary>
        Continued = 34,

        /// <summary>
        /// Internal storage was repaired by an order of the authority: code what (<see cref="RepairActions"/>), first the boot number and
        /// second the recording number that counting went on from, data H of the order's payload, then the public key before. Entered by
        /// the first boot whose keys are up, by the new device when the identity ended.
        /// </summary>
        Repaired = 35,

        /// <summary>
        /// The identity that a repair ended: first the last sector of its log (0 not known), data its device id, then H of that sector.
        /// </summary>
        FormerDevice = 36,

        /// <summary>The firmware and the board of this boot. Data: FirmwareIdentity.Line.</summary>
        Firmware = 37,
    }
}
