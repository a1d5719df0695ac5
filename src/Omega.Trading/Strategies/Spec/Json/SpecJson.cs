using System.Text;
using System.Text.Json;

namespace Omega.Trading.Strategies;

/// <summary>Reads JSON into values that know their line and path. Strict: no comments, no trailing commas, no field twice.</summary>
internal ref struct SpecJson
{
    /// <summary>Largest text, in bytes of UTF-8.</summary>
    public const int Largest = 256 * 1024;

    private const int Deepest = 16;

    private readonly ReadOnlySpan<byte> _json;
    private readonly string? _file;
    private Utf8JsonReader _reader;
    private int _counted;
    private int _line = 1;

    private SpecJson(ReadOnlySpan<byte> json, string? file)
    {
        _json = json;
        _file = file;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest });
    }

    /// <exception cref="StrategySpecException">It is not JSON, too large or too deep.</exception>
    public static SpecValue Parse(ReadOnlySpan<byte> json, string? file)
    {
        if (json.Length > Largest)
            throw new StrategySpecException(file, 1, "$", $"The text has {json.Length} bytes; at most {Largest} are allowed.");
        json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        var reader = new SpecJson(json, file);
        try
        {
            reader._reader.Read();
            var value = reader.Value("$");
            // Throws where something follows.
            reader._reader.Read();
            return value;
        }
        catch (JsonException exception)
        {
            // What the reader appends repeats the place, counted from 0.
            var reason = exception.Message.Split(" LineNumber:", 2)[0];
            throw new StrategySpecException(file, (int)(exception.LineNumber ?? 0) + 1, "$", $"This is not JSON: {reason}", exception);
        }
    }

    private SpecValue Value(string path)
    {
        var place = Here(path);
        switch (_reader.TokenType)
        {
            case JsonTokenType.String:
                return new SpecText(place, Text(place));
            case JsonTokenType.Number:
                return _reader.TryGetDouble(out var number) && double.IsFinite(number)
                    ? new SpecNumber(place, number)
                    : throw place.Error("The number is too large.");
            case JsonTokenType.True or JsonTokenType.False:
                return new SpecFlag(place, _reader.TokenType == JsonTokenType.True);
            case JsonTokenType.StartArray:
                return List(place);
            case JsonTokenType.StartObject:
                return Object(place);
            default:
                return new SpecNull(place);
        }
    }

    private SpecList List(SpecPlace place)
    {
        var items = new List<SpecValue>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
            items.Add(Value($"{place.Path}[{items.Count}]"));
        return new SpecList(place, items);
    }

    private SpecObject Object(SpecPlace place)
    {
        var fields = new Dictionary<string, SpecValue>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(place);
            var path = name.Length <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$') ? $"{place.Path}.{name}" : $"{place.Path}[\"{(name.Length <= 40 ? name : name[..40] + "…")}\"]";
            var at = Here(path);
            _reader.Read();
            if (!fields.TryAdd(name, Value(path)))
                throw at.Error("The field is there twice. Remove one.");
        }

        return new SpecObject(place, fields);
    }

    private readonly string Text(SpecPlace place)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw place.Error("The text holds half of a surrogate pair, or bytes that are not UTF-8.");
        }
    }

    private SpecPlace Here(string path)
    {
        var start = (int)_reader.TokenStartIndex;
        _line += _json[_counted..start].Count((byte)'\n');
        _counted = start;
        return new SpecPlace(_file, _line, path);
    }
}
