using System.Buffers;
using System.Text.Json;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Doctor;

/// <summary>The findings as one JSON object.</summary>
internal static class DoctorJson
{
    public static void Write(Terminal terminal, IReadOnlyList<Check> checks, bool usable)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("version", VersionCommand.Number);
            json.WriteString("runtime", VersionCommand.Runtime);
            json.WriteBoolean("usable", usable);
            json.WriteStartArray("checks");
            foreach (var check in checks)
            {
                json.WriteStartObject();
                json.WriteString("group", check.Group);
                json.WriteString("name", check.Name);
                json.WriteString("state", check.State.ToString().ToLowerInvariant());
                json.WriteString("finding", check.Finding);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        terminal.Output(buffer.WrittenSpan);
    }
}
