using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Omega.Gpt;

/// <summary>A place in a text, counted from 1 as editors do.</summary>
internal readonly record struct JsonPlace(int Line, int Column);

/// <summary>The JSON text of function definitions, checked as text; it knows where each of its values stands. Immutable.</summary>
internal sealed class FunctionSetText
{
    public const int MaxBytes = 4 * 1024 * 1024;

    public const int MaxDepth = 64;

    private readonly byte[] _json;
    private readonly string? _file;

    private FunctionSetText(byte[] json, string? file) => (_json, _file) = (json, file);

    /// <summary>Reads a text and checks that it is JSON within the bounds.</summary>
    /// <exception cref="FunctionFileException">It is not.</exception>
    public static (FunctionSetText Text, JsonElement Root) Read(byte[] utf8, string? file)
    {
        if (utf8.Length > MaxBytes)
            throw Whole($"is larger than {MaxBytes / 1024 / 1024} MiB. Give the model fewer functions, or several files.");
        if (utf8 is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw Whole("is UTF-16. Save it as UTF-8.");
        if (utf8 is [0xEF, 0xBB, 0xBF, ..])
            utf8 = utf8[3..];
        if (!Utf8.IsValid(utf8))
            throw Whole("is not UTF-8. Save it as UTF-8.");
        if (utf8.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
            throw Whole("is empty. Write a JSON array of functions, each with a \"name\", a \"description\" and \"parameters\".");

        var text = new FunctionSetText(utf8, file);
        text.CheckTokens();
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
            return (text, JsonElement.Parse(utf8, options));
        }
        catch (JsonException error)
        {
            throw text.NotJson(error);
        }

        FunctionFileException Whole(string problem) => new(file, null, null, problem);
    }

    /// <summary>The error for the value at a path.</summary>
    /// <param name="path">Property names and array indices from the root.</param>
    /// <param name="problem">What is wrong, the value, and what to do.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public FunctionFileException Invalid(IReadOnlyList<object> path, string problem, Exception? innerException = null) =>
        new(_file, PlaceOf(OffsetOf(path)), Name(path), problem, innerException);

    /// <summary>The path as people write it: <c>$[2].parameters.type</c>.</summary>
    public static string Name(IReadOnlyList<object> path)
    {
        var text = new StringBuilder("$");
        foreach (var step in path)
        {
            if (step is int index)
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else if (step is string name && name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '-'))
                text.Append('.').Append(name);
            else
                text.Append("['").Append(step).Append("']");
        }

        return text.ToString();
    }

    // One pass over the tokens finds what the document's parser would not place: depth, broken escapes, repeated names.
    private void CheckTokens()
    {
        var names = new Stack<HashSet<string>>();
        var reader = new Utf8JsonReader(_json, new JsonReaderOptions { MaxDepth = MaxDepth + 2 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaxDepth)
                    throw At(reader.TokenStartIndex, $"nested deeper than {MaxDepth} levels. Flatten the definition.");
                if (reader.TokenType == JsonTokenType.StartObject)
                    names.Push(new HashSet<string>(StringComparer.Ordinal));
                else if (reader.TokenType == JsonTokenType.EndObject)
                    names.Pop();
                else if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
                    CheckString(ref reader, names);
            }
        }
        catch (JsonException error)
        {
            throw NotJson(error);
        }
    }

    private void CheckString(ref Utf8JsonReader reader, Stack<HashSet<string>> names)
    {
        string value;
        try
        {
            value = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw At(reader.TokenStartIndex, "half of a surrogate pair is missing in this string. Write the character itself.");
        }

        if (reader.TokenType == JsonTokenType.PropertyName && !names.Peek().Add(value))
            throw At(reader.TokenStartIndex, $"\"{value}\" is there twice in one object. Keep one of them.");
    }

    private FunctionFileException NotJson(JsonException error)
    {
        var message = error.Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        message = (end < 0 ? message : message[..end]).Replace(" Change the reader options.", "", StringComparison.Ordinal);
        var offset = LineStart((int)(error.LineNumber ?? 0)) + (int)(error.BytePositionInLine ?? 0);
        return new(_file, PlaceOf(Math.Min(offset, _json.Length)), null, $"not JSON: {message} Mend the JSON there.", error);
    }

    private FunctionFileException At(long offset, string problem) => new(_file, PlaceOf((int)offset), null, problem);

    private int LineStart(int line)
    {
        var start = 0;
        for (; line > 0; line--)
            start += _json.AsSpan(start).IndexOf((byte)'\n') + 1;
        return start;
    }

    private JsonPlace PlaceOf(int offset)
    {
        var before = _json.AsSpan(0, offset);
        var line = before.LastIndexOf((byte)'\n') + 1;
        return new(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[line..]) + 1);
    }

    // Where the deepest part of the path that exists starts.
    private int OffsetOf(IReadOnlyList<object> path)
    {
        var reader = new Utf8JsonReader(_json, new JsonReaderOptions { MaxDepth = MaxDepth + 2 });
        reader.Read();
        var offset = reader.TokenStartIndex;
        foreach (var step in path)
        {
            if (!Enter(ref reader, step))
                break;
            offset = reader.TokenStartIndex;
        }

        return (int)offset;
    }

    private static bool Enter(ref Utf8JsonReader reader, object step)
    {
        if (reader.TokenType != (step is int ? JsonTokenType.StartArray : JsonTokenType.StartObject))
            return false;

        for (var index = 0; reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject); index++)
        {
            var found = step is int wanted ? index == wanted : reader.ValueTextEquals((string)step);
            if (reader.TokenType == JsonTokenType.PropertyName)
                reader.Read();
            if (found)
                return true;
            reader.Skip();
        }

        return false;
    }
}
