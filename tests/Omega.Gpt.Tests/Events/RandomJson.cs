using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Tests.Events;

/// <summary>
/// Random values of any type that the engine writes as JSON, built from a seed: a new event or part is covered the day it is added.
/// </summary>
internal sealed class RandomJson(int seed)
{
    private readonly NullabilityInfoContext _nullability = new();

    private static readonly string[] Pieces =
    [
        "", "a", "Hello", " ", "\n", "\r\n", "\t", "\0", "\u001f", "\u007f", "\"", "\\", "\\u0041", "/", "<script>", "&", "'", "é", "漢字", "🚀", "👩‍👩‍👧", "\u2028", "\ufeff", "\uffff",
        "\ud83d", "\ude00", "{\"type\":\"text.delta\"}", "e\u0301", "עברית",
    ];

    private static readonly string[] Raw =
    [
        "null", "true", "1", "-0.0", "1.500e10", "123456789012345678901234567890", "\"\"", "\"x\"", "\"\\ud83d\"", "\"\\uD83D\\uDE80\"", "\"\\u00e9\\/\"", "\"🚀\"",
        "[]", "{}", "[ 1 ,\n 2 ]", "{ \"a\" : { \"a\" : [ ] } , \"a\" : 2 }", "{\"\\udc00\":\"\\\\\\\"\"}", "[[[[[[[[1]]]]]]]]", "\"a b\\n c\"",
    ];

    private readonly Random _random = new(seed);

    /// <summary>What JSON can hold of a text: half a surrogate pair becomes U+FFFD.</summary>
    public static string Sound(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    public GptEvent Event(Type type) => ((GptEvent)Object(type)).Stamp(Text(), _random.Next(1, 1000), Time());

    public Part Part(Type type)
    {
        var part = (Part)Object(type);
        if (_random.Next(3) == 0 && part is not UnknownPart)
            part = part with { Extra = Extra() };
        return part;
    }

    public UnknownEvent UnknownEvent()
    {
        var json = $$"""{ "sequence" : 7, "x":{{Element().GetRawText()}}, "message": {"role":"user"}, "type" : "new.thing", "turn":"t" }""";
        return (UnknownEvent)GptJson.ParseEvent(json);
    }

    public Message Message()
    {
        return (Message)Object(typeof(Message)) with
        {
            Parts = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => _random.Next(8) == 0 ? Hologram() : Part(PartTypes[_random.Next(PartTypes.Length)]))],
            Extra = _random.Next(3) == 0 ? Extra() : null,
        };
    }

    public UnknownPart Hologram() => new("video", Parse($$"""{"type":"video","frames":{{Element().GetRawText()}}}"""));

    public static Type[] EventTypes { get; } =
        [.. typeof(GptEvent).GetCustomAttributes<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(attribute => attribute.DerivedType)];

    public static Type[] PartTypes { get; } =
        [.. typeof(Part).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Part)) && type.IsPublic && type != typeof(UnknownPart))];

    public string Text()
    {
        var text = string.Concat(Enumerable.Range(0, _random.Next(5)).Select(_ => Pieces[_random.Next(Pieces.Length)]));
        // Two halves beside each other would make a whole.
        return text.Replace("\ud83d\ude00", "🚀!", StringComparison.Ordinal);
    }

    private DateTimeOffset Time() => DateTimeOffset.UnixEpoch.AddTicks(_random.NextInt64(TimeSpan.TicksPerDay * 30_000));

    private JsonElement Element() => Parse(Raw[_random.Next(Raw.Length)]);

    private Dictionary<string, JsonElement> Extra() => new() { ["new_field"] = Element(), ["other \"field\""] = Element() };

    private static JsonElement Parse(string json) => JsonElement.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = true });

    private object Object(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        var parameters = constructor.GetParameters();
        var value = constructor.Invoke([.. parameters.Select(parameter => Value(parameter.ParameterType, _nullability.Create(parameter).WriteState == NullabilityState.Nullable))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && !parameters.Any(parameter => parameter.Name == property.Name)))
        {
            if (property.Name is not ("Extra" or "Parts" or "Turn" or "Sequence" or "At") || (property.Name == "Turn" && type == typeof(Message)))
                property.SetValue(value, Value(property.PropertyType, _nullability.Create(property).WriteState == NullabilityState.Nullable));
        }

        return value;
    }

    private object? Value(Type type, bool canBeNull)
    {
        if (canBeNull && _random.Next(3) == 0)
            return null;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(_random.Next(Enum.GetValues(type).Length));
        if (type == typeof(IReadOnlyList<PendingCall>))
            return Enumerable.Range(0, _random.Next(3)).Select(_ => (PendingCall)Object(typeof(PendingCall))).ToList();
        return type switch
        {
            _ when type == typeof(string) => Text(),
            _ when type == typeof(int) => _random.Next(int.MinValue, int.MaxValue),
            _ when type == typeof(long) => _random.NextInt64(long.MinValue, long.MaxValue),
            _ when type == typeof(bool) => _random.Next(2) == 0,
            _ when type == typeof(double) => _random.NextDouble() * Math.Pow(10, _random.Next(-300, 300)),
            _ when type == typeof(decimal) => new decimal(_random.Next(), _random.Next(), _random.Next(), _random.Next(2) == 0, (byte)_random.Next(29)),
            _ when type == typeof(DateTimeOffset) => Time(),
            _ when type == typeof(JsonElement) => Element(),
            _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>([.. Enumerable.Range(0, _random.Next(40)).Select(i => (byte)_random.Next(256))]),
            _ => Object(type),
        };
    }

    /// <summary>A value as text that tells apart whatever must survive.</summary>
    public static string Show(object? value) => value switch
    {
        null => "null",
        string text => "\"" + Sound(text) + "\"",
        JsonElement element => Compact(element.GetRawText()),
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        IReadOnlyDictionary<string, JsonElement> extra => string.Join(",", extra.Select(pair => pair.Key + "=" + Show(pair.Value))),
        System.Collections.IEnumerable items => "[" + string.Join(",", items.Cast<object>().Select(Show)) + "]",
        IFormattable number => number.ToString(number is DateTimeOffset ? "O" : null, CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => value.GetType().Name + "{" + string.Join(",", value.GetType().GetProperties().Where(property => !(property.Name == "Text" && value is Message)).Select(property => property.Name + "=" + Show(property.GetValue(value)))) + "}",
    };

    /// <summary>JSON with the same values: escapes read, space gone. Halves of pairs are left as they are.</summary>
    private static string Compact(string json)
    {
        if (json.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
            return string.Concat(System.Text.RegularExpressions.Regex.Matches(json, "\"(\\\\.|[^\"\\\\])*\"|[^\\s\"]+").Select(match => match.Value));
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            Parse(json).WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
