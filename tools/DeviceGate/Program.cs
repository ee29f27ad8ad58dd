// SPDX-License-Identifier: MIT

using System;
using Lapel.DeviceGate;

return Gate.Run(args, Console.Out, Console.Error);
