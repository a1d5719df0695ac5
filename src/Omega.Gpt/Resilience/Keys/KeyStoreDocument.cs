using System.Globalization;
using System.Text.Json;

namespace Omega.Gpt.Resilience;

/// <summary>
/// The key store as a file: who has keys, since when, and the keys themselves, encrypted. Pure: bytes in, bytes out.
/// </summary>
internal sealed record KeyStoreDocument
{
    public const int MaxBytes = 1024 * 1024;
    public const int MaxKeys = 200;
    public const int MaxWeight = 100;

    private const int Version = 1;
    private const int MostIterations = 10_000_000;
    private const int FewestIterations = 100_000;

    /// <summary>The salt where a passphrase protects the keys; null where a key file does.</summary>
    public byte[]? Salt { get; init; }

    public int Iterations { get; init; } = KeySeal.Iterations;

    public IReadOnlyList<StoredKey> Keys { get; init; } = [];

    /// <exception cref="FormatException">It is not a key store; the message says where.</exception>
    public static KeyStoreDocument Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("omega_keys", out var version))
                throw new FormatException("\"omega_keys\" is missing: this is no key store.");
            if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != Version)
                throw new FormatException($"\"omega_keys\" is {version.GetRawText()}; known: {Version}. A newer Omega wrote it.");
            var protection = Field(root, "protection", JsonValueKind.Object, "$");
            var keys = Field(root, "keys", JsonValueKind.Array, "$");
            if (keys.GetArrayLength() > MaxKeys)
                throw new FormatException($"$.keys has {keys.GetArrayLength()} entries; allowed: up to {MaxKeys}.");
            var read = new KeyStoreDocument { Keys = [.. keys.EnumerateArray().Select((key, index) => Key(key, $"$.keys[{index}]"))] };
            if (read.Keys.GroupBy(key => key.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw new FormatException($"The id \"{twice.Key}\" is there twice.");
            return Text(protection, "kind", "$.protection") switch
            {
                "key_file" => read,
                "passphrase" => read with
                {
                    Salt = Bytes(protection, "salt", "$.protection"),
                    Iterations = Number(protection, "iterations", FewestIterations, MostIterations, "$.protection"),
                },
                var kind => throw new FormatException($"$.protection.kind is \"{kind}\"; known: key_file, passphrase."),
            };
        }
        catch (JsonException exception)
        {
            throw new FormatException($"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: not JSON.", exception);
        }
    }

    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteNumber("omega_keys", Version);
        json.WriteStartObject("protection");
        json.WriteString("kind", Salt is null ? "key_file" : "passphrase");
        if (Salt is not null)
        {
            json.WriteBase64String("salt", Salt);
            json.WriteNumber("iterations", Iterations);
        }

        json.WriteEndObject();
        json.WriteStartArray("keys");
        foreach (var key in Keys)
        {
            json.WriteStartObject();
            json.WriteString("id", key.Id);
            json.WriteString("provider", key.Provider);
            json.WriteNumber("weight", key.Weight);
            json.WriteString("added", key.Added);
            if (key.Rotated is { } rotated)
                json.WriteString("rotated", rotated);
            if (key.IsDisabled)
                json.WriteBoolean("disabled", true);
            json.WriteBase64String("sealed", key.Sealed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static StoredKey Key(JsonElement key, string path)
    {
        if (key.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{path} is no object.");
        return new StoredKey(Text(key, "id", path), Text(key, "provider", path))
        {
            Weight = Number(key, "weight", 1, MaxWeight, path),
            Added = Time(key, "added", path),
            Rotated = key.TryGetProperty("rotated", out _) ? Time(key, "rotated", path) : null,
            IsDisabled = key.TryGetProperty("disabled", out var disabled) && disabled.ValueKind == JsonValueKind.True,
            Sealed = Bytes(key, "sealed", path),
        };
    }

    private static JsonElement Field(JsonElement parent, string name, JsonValueKind kind, string path) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : throw new FormatException($"{path}.{name} is missing or no {kind.ToString().ToLowerInvariant()}.");

    private static string Text(JsonElement parent, string name, string path) => Field(parent, name, JsonValueKind.String, path).GetString()!;

    private static byte[] Bytes(JsonElement parent, string name, string path) =>
        Field(parent, name, JsonValueKind.String, path).TryGetBytesFromBase64(out var bytes) ? bytes : throw new FormatException($"{path}.{name} is not Base64.");

    private static int Number(JsonElement parent, string name, int least, int most, string path) =>
        Field(parent, name, JsonValueKind.Number, path).TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{path}.{name} is out of range; allowed: {least} to {most}."));

    private static DateTimeOffset Time(JsonElement parent, string name, string path) =>
        Field(parent, name, JsonValueKind.String, path).TryGetDateTimeOffset(out var time) ? time : throw new FormatException($"{path}.{name} is not a time.");
}
