using System.Text.Encodings.Web;
using System.Text.Json;

namespace Omega.Desk.Functions;

/// <summary>How results are written: compact, and without escapes that only a web page needs and a model pays for.</summary>
internal static class DeskJson
{
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
