using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Omega.Cli.Functions;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Commands.Functions;

/// <summary>Functions for people and programs.</summary>
internal static class FunctionText
{
    /// <summary>Opens the functions, and tells what people should know of them.</summary>
    public static async Task<FunctionSources> OpenAsync(CliHost host, FunctionChoices choices, CancellationToken cancellationToken = default)
    {
        var sources = await FunctionSources.OpenAsync(host, choices, cancellationToken).ConfigureAwait(false);
        foreach (var note in (IEnumerable<string>)[.. host.Settings.Notes, .. sources.Notes])
            host.Terminal.Marked("note", note, Tone.Warning);
        return sources;
    }

    public static string Effect(GptFunction? function) => function?.Options.Effect switch
    {
        null => "-",
        FunctionEffect.Pure => "pure",
        _ => "side effect",
    };

    public static string Approval(GptFunction? function) => function is null ? "-" : function.Options.RequiresApproval ? "needed" : "no";

    /// <summary>The first sentence of a description.</summary>
    public static string Summary(FunctionDefinition definition)
    {
        var line = (definition.Description ?? "").ReplaceLineEndings(" ").Trim();
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        return end > 0 ? line[..end] : line.TrimEnd('.');
    }

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>An object for each function; the handler's fields are null where this program does not run it.</summary>
    public static void Write(Utf8JsonWriter json, FunctionDefinition definition, FunctionSources sources)
    {
        var function = sources.Functions.FindFunction(definition.Name);
        json.WriteStartObject();
        json.WriteString("name", definition.Name);
        json.WriteString("description", definition.Description);
        json.WriteString("from", sources.OriginOf(definition.Name));
        json.WriteString("effect", function is null ? null : function.Options.Effect == FunctionEffect.Pure ? "pure" : "side_effect");
        if (function is null)
        {
            json.WriteNull("approval");
            json.WriteNull("timeout");
        }
        else
        {
            json.WriteBoolean("approval", function.Options.RequiresApproval);
            json.WriteNumber("timeout", function.Options.Timeout.TotalSeconds);
        }

        json.WritePropertyName("parameters");
        definition.Parameters.WriteTo(json);
        json.WriteEndObject();
    }

    /// <summary>Indented JSON as a line-ended text.</summary>
    public static byte[] Indented(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(json);
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
