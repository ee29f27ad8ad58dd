// SPDX-License-Identifier: MIT

using System;
using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>
    /// What stands behind the names of the file system group: no file system, but four named things, one of which takes an upload.
    /// </summary>
    public sealed class ServiceFiles
    {
        /// <summary>Longest configuration, bytes, as the custodian takes it.</summary>
        public const int MaxUpload = 4096;

        private readonly IServiceCamera _camera;
        private readonly AccessControl _access;
        private readonly byte[] _upload = new byte[MaxUpload];
        private int _expected;
        private int _received;

        /// <summary>Files of this camera.</summary>
        public ServiceFiles(IServiceCamera camera, AccessControl access)
        {
            _camera = camera;
            _access = access;
        }

        /// <summary>Whether whoever is at the port may bring a configuration.</summary>
        /// <remarks>
        /// It is checked by its signature besides; an unowned camera takes its first one from anybody. One that has lost its configuration
        /// knows no station that could log in.
        /// </remarks>
        public bool MayUpload
        {
            get { return !_access.IsOwned || _access.IsConfigurationLost || _access.Role >= Role.Technician; }
        }

        /// <summary>Bytes of the upload received so far.</summary>
        public int Received
        {
            get { return _received; }
        }

        /// <summary>Whether an upload is there from its first to its last byte.</summary>
        public bool IsUploaded
        {
            get { return _received > 0 && _received == _expected; }
        }

        /// <summary>The file of a name.</summary>
        public static ServiceFile Find(string name)
        {
            switch (name)
            {
                case "/config/new":
                    return ServiceFile.NewConfiguration;
                case "/config/current":
                    return ServiceFile.CurrentConfiguration;
                case "/log":
                    return ServiceFile.Log;
                case "/device.pub":
                    return ServiceFile.PublicKey;
                default:
                    return ServiceFile.None;
            }
        }

        /// <summary>Whether whoever is at the port may read the file.</summary>
        public bool MayRead(ServiceFile file)
        {
            switch (file)
            {
                case ServiceFile.PublicKey:
                    return true;
                case ServiceFile.Log:
                    return _access.Role >= Role.Technician;
                default:
                    return MayUpload;
            }
        }

        /// <summary>Whether the file is there.</summary>
        public bool Exists(ServiceFile file)
        {
            switch (file)
            {
                case ServiceFile.NewConfiguration:
                    return _received > 0;
                case ServiceFile.CurrentConfiguration:
                    return _access.Document != null;
                case ServiceFile.Log:
                    return _camera.AuditUsedBytes > 0;
                case ServiceFile.PublicKey:
                    return _camera.Device != null;
                default:
                    return false;
            }
        }

        /// <summary>Bytes of a file that is there.</summary>
        public long Length(ServiceFile file)
        {
            if (file == ServiceFile.Log)
            {
                return _camera.AuditUsedBytes;
            }

            return file == ServiceFile.NewConfiguration ? _received : Content(file).Length;
        }

        /// <summary>Whether the file lies on the card and not in memory.</summary>
        public static bool IsOnCard(ServiceFile file)
        {
            return file == ServiceFile.Log;
        }

        /// <summary>All of a file that is not on the card; only the first <see cref="Length"/> bytes are of it.</summary>
        public byte[] Content(ServiceFile file)
        {
            if (file == ServiceFile.NewConfiguration)
            {
                return _upload;
            }

            return file == ServiceFile.PublicKey ? PublicKeyText.Build(_camera.Device) : _access.Document;
        }

        /// <summary>Reads part of a file.</summary>
        public CardStatus Read(ServiceFile file, long position, byte[] buffer, int offset, int count)
        {
            if (IsOnCard(file))
            {
                return _camera.ReadAudit(position, buffer, offset, count);
            }

            Array.Copy(Content(file), (int)position, buffer, offset, count);
            return CardStatus.Ok;
        }

        /// <summary>Begins an upload; one that was there is forgotten.</summary>
        /// <param name="length">Its bytes, 1 to <see cref="MaxUpload"/>.</param>
        public void BeginUpload(int length)
        {
            _expected = length;
            _received = 0;
        }

        /// <summary>Takes the next bytes of the upload.</summary>
        /// <returns>False when they are more than were announced.</returns>
        public bool Upload(byte[] buffer, int offset, int count)
        {
            if (count > _expected - _received)
            {
                return false;
            }

            Array.Copy(buffer, offset, _upload, _received, count);
            _received += count;
            return true;
        }

        /// <summary>The whole upload, which is forgotten here.</summary>
        public byte[] TakeUpload()
        {
            var document = new byte[_received];
            Array.Copy(_upload, 0, document, 0, _received);
            BeginUpload(0);
            return document;
        }
    }
}
