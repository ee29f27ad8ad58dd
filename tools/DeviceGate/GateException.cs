// SPDX-License-Identifier: MIT

using System;

namespace Lapel.DeviceGate;

/// <summary>The gate itself could not do its work: bad arguments, no compiler, no reference assemblies.</summary>
public sealed class GateException(string message) : Exception(message);
