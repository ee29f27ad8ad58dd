// SPDX-License-Identifier: MIT

using System;
using Lapel.Custody;
using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>
    /// Commands of group 64 around the session at the port: who the camera is, who the host is, and the signed orders that it brings.
    /// </summary>
    public sealed class SessionCommands
    {
        /// <summary>Version of group 64 and of the bulk lane.</summary>
        public const int Version = 1;

        private const int FingerprintBytes = 32;
        private const int SignatureBytes = 64;
        private const int ChunkBytes = 1024;

        private readonly IServiceCamera _camera;
        private readonly AccessControl _access;

        /// <summary>Commands of this camera.</summary>
        public SessionCommands(IServiceCamera camera, AccessControl access)
        {
            _camera = camera;
            _access = access;
        }

        /// <summary>Who the camera is and how it is, and a challenge for one log-in.</summary>
        public void Hello(SmpReply reply)
        {
            reply.Key("v");
            reply.Int(Version);
            DeviceIdentity device = _camera.Device;
            if (device != null)
            {
                Bytes(reply, "id", device.Id);
                Bytes(reply, "key", device.PublicKey);
            }

            Text(reply, "unit", _camera.Configuration.Unit);
            Text(reply, "fw", _camera.Version);
            Text(reply, "state", _camera.StateName);

            // With each hello, so that a log-in takes two requests and no more; the one before is no longer valid.
            Bytes(reply, "nonce", _access.Challenge());
            Int(reply, "role", (int)_access.Role);
            Catalogue catalogue = _camera.Store.Catalogue;
            Int(reply, "slots", catalogue.Slots);
            Int(reply, "free", catalogue.FreeSlots);
            if (_camera.Store.IsMakingSlots)
            {
                reply.Key("making");
                reply.Truth(true);
            }

            reply.Key("owned");
            reply.Truth(_access.IsOwned);
            reply.Key("bauds");
            reply.BeginArray();
            for (int i = 0; i < LineRate.Count; i++)
            {
                reply.Int(LineRate.Rate(i));
            }

            reply.Close();

            // Left out and not 0: a host must not take an unset clock for 1970.
            if (!_camera.IsClockSet)
            {
                return;
            }

            Int(reply, "utc", _camera.UtcMs);
            if (_camera.UncertaintyMs >= 0)
            {
                Int(reply, "unc", _camera.UncertaintyMs);
            }
        }

        /// <summary>Begins a log-in.</summary>
        public void Authenticate(SmpRequest request, SmpReply reply, long nowMs)
        {
            long role = 0;
            SmpMap map = request.Map;
            byte[] key = null;
            byte[] signature = null;
            if (map.Bytes("key") && map.Length == FingerprintBytes)
            {
                key = Taken(request);
            }

            if (map.Bytes("sig") && map.Length == SignatureBytes)
            {
                signature = Taken(request);
            }

            bool known = map.Unsigned("role", ref role) && (role == (int)Role.Technician || role == (int)Role.Dock);
            if (key == null || signature == null || !known)
            {
                CameraErrors.Fail(reply, CameraError.Malformed);
            }
            else if (_access.LockedForMs(nowMs) > 0)
            {
                // Told at once, without a task: a host sees how to go on before it waits for an outcome.
                CameraErrors.Fail(reply, CameraError.Locked);
            }
            else
            {
                TellTask(reply, _access.BeginLogin((Role)(int)role, key, signature, nowMs));
            }
        }

        /// <summary>How the last task stands.</summary>
        public void TellOutcome(SmpReply reply)
        {
            Int(reply, "task", _access.TaskNumber);
            Int(reply, "result", (int)_access.Result);
            string text = _access.ResultText;
            if (text != null && text.Length > 0)
            {
                Text(reply, "text", text);
            }

            Int(reply, "role", (int)_access.Role);
        }

        /// <summary>How the device's key stands.</summary>
        public void TellKey(SmpReply reply)
        {
            Int(reply, "state", (int)_camera.Keys.Status);
            string text = _camera.Keys.FaultText;
            if (text.Length > 0)
            {
                Text(reply, "text", text);
            }
        }

        /// <summary>
        /// How far the audit log has come by internal storage and memory, and how it was found on the card: for a host to compare.
        /// </summary>
        public void TellLog(SmpReply reply)
        {
            AuditLog log = _camera.Log;
            AuditHead head = log.Head;
            Int(reply, "seq", head.Sequence);
            if (head.Sequence > 0)
            {
                byte[] id = new byte[8];
                BigEndian.Put64(id, 0, head.Log);
                Bytes(reply, "h", head.Digest);
                Bytes(reply, "log", id);
                Int(reply, "place", head.Place);
            }

            // Nothing is said of a card that is not there, or whose log is still being looked for.
            if (!log.IsOpen)
            {
                return;
            }

            Int(reply, "found", (int)log.FoundHow);
            Int(reply, "known", log.FoundKnown);
            Int(reply, "last", log.FoundLast);
            reply.Key("cut");
            reply.Truth(log.IsCutBack);
        }

        /// <summary>Orders the first key of a camera that has none.</summary>
        public void OrderKey(SmpReply reply)
        {
            if (!_camera.OrderKey())
            {
                reply.Fail(_camera.Keys.Status == KeyStatus.Unknown ? SmpError.Busy : SmpError.BadState);
            }
        }

        /// <summary>Takes a receipt.</summary>
        public void TakeReceipt(SmpRequest request, SmpReply reply, long nowMs)
        {
            byte[] document = Document(request, reply);
            if (document == null)
            {
                return;
            }

            // Refused and not queued: a receipt needs the card, and the dock asks again.
            if (_camera.IsRecording)
            {
                CameraErrors.Fail(reply, CameraError.Recording);
            }
            else
            {
                TellTask(reply, _access.BeginReceipt(document, nowMs));
            }
        }

        /// <summary>Takes an order to retire.</summary>
        public void Retire(SmpRequest request, SmpReply reply, long nowMs)
        {
            byte[] document = Document(request, reply);
            if (document != null)
            {
                TellTask(reply, _access.BeginRetirement(document, nowMs));
            }
        }

        /// <summary>Part of the certificate that a retired camera has.</summary>
        public void TellCertificate(SmpRequest request, SmpReply reply)
        {
            TellPart(request, reply, _access.Certificate);
        }

        /// <summary>Takes an order to change the device's key.</summary>
        public void Rotate(SmpRequest request, SmpReply reply, long nowMs)
        {
            byte[] document = Document(request, reply);
            if (document != null)
            {
                TellTask(reply, _access.BeginRotation(document, nowMs));
            }
        }

        /// <summary>What is wrong with internal storage, as an order to repair it has to name it.</summary>
        public void TellDamage(SmpReply reply)
        {
            StoreDamage damage = _access.Damage();
            Int(reply, "needed", (int)damage.Needed);
            Text(reply, "entries", damage.Entries);
            Bytes(reply, "state", damage.State);
        }

        /// <summary>
        /// Takes an order to repair internal storage. Without keys nobody can log in, so nobody has to have: the order's signature decides.
        /// </summary>
        public void Repair(SmpRequest request, SmpReply reply, long nowMs)
        {
            if (_camera.Device != null)
            {
                reply.Fail(SmpError.BadState);
            }
            else if (!request.Map.Bytes("r") || request.Map.Length == 0)
            {
                CameraErrors.Fail(reply, CameraError.Malformed);
            }
            else
            {
                TellTask(reply, _access.BeginRepair(Taken(request), nowMs));
            }
        }

        /// <summary>Part of the statements of a camera whose key was changed.</summary>
        public void TellRotations(SmpRequest request, SmpReply reply)
        {
            DeviceIdentity device = _camera.Device;
            TellPart(request, reply, device == null || device.History.Count == 0 ? null : device.History.Bytes);
        }

        /// <summary>Gives the role back.</summary>
        public void Logout()
        {
            _access.Logout();
        }

        private byte[] Document(SmpRequest request, SmpReply reply)
        {
            // The role lets one bring a document; whether it says anything is decided by its own signature.
            if (_access.Role < Role.Dock)
            {
                CameraErrors.Fail(reply, CameraError.RoleNeeded);
            }
            else if (!request.Map.Bytes("r") || request.Map.Length == 0)
            {
                CameraErrors.Fail(reply, CameraError.Malformed);
            }
            else
            {
                return Taken(request);
            }

            return null;
        }

        private static void TellPart(SmpRequest request, SmpReply reply, byte[] whole)
        {
            long offset = 0;
            if (!request.Map.Unsigned("off", ref offset))
            {
                CameraErrors.Fail(reply, CameraError.Malformed);
            }
            else if (whole == null)
            {
                CameraErrors.Fail(reply, CameraError.NoSuchItem);
            }
            else if (offset > whole.Length)
            {
                CameraErrors.Fail(reply, CameraError.OutOfRange);
            }
            else
            {
                // In parts: a certificate may be longer than one answer takes.
                int left = whole.Length - (int)offset;
                Int(reply, "off", offset);
                reply.Key("data");
                reply.Bytes(whole, (int)offset, left < ChunkBytes ? left : ChunkBytes);
                Int(reply, "len", whole.Length);
            }
        }

        private void TellTask(SmpReply reply, bool begun)
        {
            if (begun)
            {
                Int(reply, "task", _access.TaskNumber);
            }
            else
            {
                reply.Fail(SmpError.Busy);
            }
        }

        private static byte[] Taken(SmpRequest request)
        {
            var bytes = new byte[request.Map.Length];
            Array.Copy(request.Buffer, request.Map.Offset, bytes, 0, bytes.Length);
            return bytes;
        }

        private static void Int(SmpReply reply, string key, long value)
        {
            reply.Key(key);
            reply.Int(value);
        }

        private static void Text(SmpReply reply, string key, string value)
        {
            reply.Key(key);
            reply.Text(value);
        }

        private static void Bytes(SmpReply reply, string key, byte[] value)
        {
            reply.Key(key);
            reply.Bytes(value, 0, value.Length);
        }
    }
}
