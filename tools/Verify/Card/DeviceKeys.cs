// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Verify
{
    /// <summary>What there is to say of the key that lies in a camera's place.</summary>
    internal static class DeviceKeys
    {
        /// <summary>A damaged, missing or strange DEVICE.PUB.</summary>
        public static IEnumerable<Finding> Findings(DeviceFolder device, KeyChoice choice, TrustedKey? given, bool isCard)
        {
            bool fromElsewhere = given != null || choice.Supplier == KeySupplier.Registry;
            if (device.KeyProblem != null)
            {
                yield return Of(device, fromElsewhere ? Severity.Warning : Severity.Error, "DEVICE.PUB is damaged: " + device.KeyProblem);
            }
            else if (device.Key == null && isCard)
            {
                yield return Of(device, Severity.Warning, "DEVICE.PUB is missing");
            }
            else if (fromElsewhere && choice.Key is TrustedKey trusted && Strange(device, choice, trusted) is TrustedKey other)
            {
                yield return Of(
                    device,
                    Severity.Warning,
                    "DEVICE.PUB holds another key than the "
                        + (given != null ? "given one" : "registry")
                        + ", fingerprint "
                        + Convert.ToHexStringLower(other.Fingerprint)
                );
            }

            if (choice is { Registry: KeyRegistry registry, Key: null } && device.NamedId is byte[] id)
            {
                yield return new Finding(
                    Severity.Missing,
                    FindingCode.KeyUnknown,
                    "there is no key of device " + Convert.ToHexStringLower(id) + " in " + registry.Folder
                );
            }
        }

        private static TrustedKey? Strange(DeviceFolder device, KeyChoice choice, TrustedKey trusted) =>
            device.Key != null && !KeyChain.Of(trusted, choice.Rotations).Holds(device.Key) ? device.Key : null;

        private static Finding Of(DeviceFolder device, Severity severity, string text) =>
            new(severity, FindingCode.DeviceKeyFile, text) { File = device.Prefix.Length > 0 ? device.Prefix + "DEVICE.PUB" : null };
    }
}
