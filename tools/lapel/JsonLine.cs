// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Text;
using System.Text.Json;

namespace Lapel.Cli
{
    /// <summary>One JSON object on one line.</summary>
    internal static class JsonLine
    {
        /// <summary>The line, without its end.</summary>
        public static string Of(Action<Utf8JsonWriter> content)
        {
            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes))
            {
                json.WriteStartObject();
                content(json);
                json.WriteEndObject();
            }
            return Encoding.UTF8.GetString(bytes.ToArray());
        }
    }
}
