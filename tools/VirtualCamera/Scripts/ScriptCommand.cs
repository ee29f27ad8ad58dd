// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal;

namespace Lapel.VirtualCamera.Scripts
{
    /// <summary>One line of a script.</summary>
    /// <param name="Line">Line number, from 1.</param>
    /// <param name="Text">The line as written, without comment and margins.</param>
    public abstract record ScriptCommand(int Line, string Text);

    /// <summary>Lets time pass.</summary>
    public sealed record WaitCommand(int Line, string Text, long DurationUs) : ScriptCommand(Line, Text);

    /// <summary>Handles a button.</summary>
    public sealed record GestureCommand(int Line, string Text, Button Button, IReadOnlyList<GesturePart> Gesture)
        : ScriptCommand(Line, Text);

    /// <summary>Does something to the camera that takes no time.</summary>
    public sealed record ActCommand(int Line, string Text, Action<ICameraEngine> Act) : ScriptCommand(Line, Text);

    /// <summary>Demands something of the camera's status.</summary>
    /// <param name="Line">Line number, from 1.</param>
    /// <param name="Text">The line as written.</param>
    /// <param name="Holds">Whether the status is as demanded.</param>
    /// <param name="Found">What the status holds instead, in words.</param>
    public sealed record ExpectCommand(int Line, string Text, Predicate<CameraStatus> Holds, Func<CameraStatus, string> Found)
        : ScriptCommand(Line, Text);

    /// <summary>Ends the script.</summary>
    public sealed record QuitCommand(int Line, string Text) : ScriptCommand(Line, Text);
}
