// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>What the service port may ask of the camera.</summary>
    /// <remarks>The application implements it; nothing here changes a recording under way.</remarks>
    public interface IServiceCamera
    {
        /// <summary>The board.</summary>
        IBoard Board { get; }

        /// <summary>The firmware's version text.</summary>
        string Version { get; }

        /// <summary>Digest of the build, 32 bytes; null when it is not known.</summary>
        byte[] BuildDigest { get; }

        /// <summary>What the camera is doing: booting, recovering, buffering, recording, closing, card-full or fault.</summary>
        string StateName { get; }

        /// <summary>Why it cannot record; empty when it can.</summary>
        string FaultText { get; }

        /// <summary>What is wrong with the card; Ok when nothing is.</summary>
        CardStatus CardStatus { get; }

        /// <summary>The recording under way or the last one since power-on; null before the first.</summary>
        RecordingFacts LastRecording { get; }

        /// <summary>Whether a recording is under way, its closing included.</summary>
        bool IsRecording { get; }

        /// <summary>The device's identity; null until its key is up.</summary>
        DeviceIdentity Device { get; }

        /// <summary>The device's secrets as internal storage has them: whether they are up, and why not.</summary>
        DeviceKeys Keys { get; }

        /// <summary>
        /// Orders the device's first key, which is made in the steps that follow. False when there is one, or internal storage holds
        /// anything of a device, readable or not.
        /// </summary>
        bool OrderKey();

        /// <summary>Hashes of the evidence format.</summary>
        Digests Digests { get; }

        /// <summary>The card, and its files, of which the port asks for one as <see cref="FileUse.Port"/>.</summary>
        CardStore Store { get; }

        /// <summary>The audit log.</summary>
        IAudit Audit { get; }

        /// <summary>The log that the entries end in.</summary>
        AuditLog Log { get; }

        /// <summary>Bytes of the audit log's file; 0 while it is not open.</summary>
        long AuditBytes { get; }

        /// <summary>Bytes of it that the log fills, from the beginning on; 0 while it is not open.</summary>
        long AuditUsedBytes { get; }

        /// <summary>Reads from the audit log's file, which the camera keeps open.</summary>
        CardStatus ReadAudit(long position, byte[] buffer, int offset, int count);

        /// <summary>The configuration in force.</summary>
        CameraConfiguration Configuration { get; }

        /// <summary>Digest of the configuration in force, 32 bytes.</summary>
        byte[] ConfigurationDigest { get; }

        /// <summary>Whether the clock was ever set.</summary>
        bool IsClockSet { get; }

        /// <summary>UTC, milliseconds since 1970; meaningless while the clock is not set.</summary>
        long UtcMs { get; }

        /// <summary>How far off that may be, milliseconds, as recordings state it; -1 when that is not known.</summary>
        int UncertaintyMs { get; }

        /// <summary>Sets the clock and enters it in the audit log.</summary>
        /// <param name="utcMs">Milliseconds since 1970.</param>
        /// <param name="uncertaintyMs">How far off it may be.</param>
        /// <returns>False when the board refused.</returns>
        bool SetClock(long utcMs, int uncertaintyMs);

        /// <summary>
        /// Microseconds that a native call may take now without making a picture late; very large when no pictures are taken; 0 or less in
        /// a recording that has something to write or holds quality or rate down.
        /// </summary>
        long FreeUs(long nowUs);

        /// <summary>Battery, percent; meaningless without a battery.</summary>
        int BatteryPercent { get; }

        /// <summary>Battery, millivolts; 0 before it was first read, below <see cref="LeastBatteryMv"/> without a battery.</summary>
        int BatteryMillivolts { get; }

        /// <summary>A battery in its holder has more, millivolts.</summary>
        int LeastBatteryMv { get; }

        /// <summary>Number of figures that <see cref="Figure"/> gives.</summary>
        int Figures { get; }

        /// <summary>
        /// Name of a figure, as the statistics group and the status command show it, as group.name: recorder.frames, card.slots_free,
        /// link.lines.
        /// </summary>
        string FigureName(int index);

        /// <summary>Value of a figure.</summary>
        long Figure(int index);

        /// <summary>Ends a recording properly, then restarts.</summary>
        /// <returns>False when it cannot now and is not forced.</returns>
        bool RequestRestart(bool force);
    }
}
