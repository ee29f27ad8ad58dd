// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Text;

namespace Lapel.Authority
{
    /// <summary>Proofs of log-in (CUSTODY.md section 4).</summary>
    public static class Login
    {
        /// <summary>A station's proof for one challenge: 64 bytes.</summary>
        /// <param name="station">The station's key.</param>
        /// <param name="deviceId16">The camera's id.</param>
        /// <param name="nonce32">The challenge that the camera gave.</param>
        /// <param name="role">1 technician, 2 dock.</param>
        public static byte[] Prove(SigningKey station, byte[] deviceId16, byte[] nonce32, byte role)
        {
            if (station.Kind != KeyKind.Station)
            {
                throw new ArgumentException("a log-in takes a station's key");
            }

            return station.Sign(Message(deviceId16, nonce32, role));
        }

        /// <summary>What is signed.</summary>
        public static byte[] Message(byte[] deviceId16, byte[] nonce32, byte role)
        {
            if (deviceId16.Length != 16 || nonce32.Length != 32)
            {
                throw new ArgumentException("a device id has 16 bytes, a challenge 32");
            }

            var message = new byte[32 + 16 + 32 + 1];
            Encoding.ASCII.GetBytes("LAPEL-LOGIN-1", message);
            deviceId16.CopyTo(message, 32);
            nonce32.CopyTo(message, 48);
            message[80] = role;
            return message;
        }
    }
}
