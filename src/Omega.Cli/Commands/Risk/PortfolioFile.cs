using System.Globalization;
using System.Text.Json;
using Omega.Trading.Risk;

namespace Omega.Cli.Commands.Risk;

/// <summary>
/// Reads a portfolio: <c>{"cash": 50000, "positions": [{"market": "BTC/USD", "side": "long", "quantity": 2, "entry": 64000, "stop": 60000}]}</c>.
/// Amounts are numbers or decimal strings; <c>market</c>, <c>side</c>, <c>entry</c> and <c>stop</c> may be left out. Every error says where.
/// </summary>
internal sealed class PortfolioFile
{
    private const int MaxBytes = 1024 * 1024;
    private const int MaxPositions = 100;
    private const decimal Most = 1_000_000_000_000m;

    private static readonly string[] Fields = ["cash", "positions"];
    private static readonly string[] PositionFields = ["market", "side", "quantity", "entry", "stop"];

    private readonly string _file;

    private PortfolioFile(string file) => _file = file;

    /// <exception cref="CliException">The file cannot be read, or is no portfolio.</exception>
    public static Account Load(string file)
    {
        byte[] bytes;
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > MaxBytes } large)
                throw CliException.Usage($"{file}: {large.Length} bytes are too many for a portfolio; the most is {MaxBytes}.");
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CliException.Usage($"--portfolio: there is no file {file}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"{file} could not be read: {exception.Message}");
        }

        return Parse(file, bytes);
    }

    internal static Account Parse(string file, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new PortfolioFile(file).Account(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw CliException.Usage($"{file}:{exception.LineNumber + 1}:{exception.BytePositionInLine + 1}: not JSON. {exception.Message.Split(" LineNumber:", 2)[0]}");
        }
    }

    private Account Account(JsonElement root)
    {
        Check(root, "", Fields);
        if (!root.TryGetProperty("positions", out var positions) || positions.ValueKind != JsonValueKind.Array || positions.GetArrayLength() is 0 or > MaxPositions)
            throw Wrong("positions", $"must be a list of 1 to {MaxPositions} positions");
        return new Account(
            Amount(root, "cash", "cash") ?? throw Wrong("cash", "is missing: what the account is worth, in quote currency"),
            [.. positions.EnumerateArray().Select((position, i) => Position(position, $"positions[{i}]"))]);
    }

    private HeldPosition Position(JsonElement position, string path)
    {
        Check(position, path, PositionFields);
        var side = Text(position, "side", path)?.ToLowerInvariant() switch
        {
            null or "long" => PositionSide.Long,
            "short" => PositionSide.Short,
            var other => throw Wrong($"{path}.side", $"is \"{other}\"; it must be \"long\" or \"short\""),
        };
        return new HeldPosition(side, Amount(position, "quantity", $"{path}.quantity") ?? throw Wrong($"{path}.quantity", "is missing: how much, in base currency"))
        {
            Market = Text(position, "market", path),
            Entry = Amount(position, "entry", $"{path}.entry"),
            Stop = Amount(position, "stop", $"{path}.stop"),
        };
    }

    // A misspelt "stop" must not pass for a position without one.
    private void Check(JsonElement element, string path, string[] fields)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Wrong(path, "must be an object");
        foreach (var field in element.EnumerateObject())
        {
            if (!fields.Contains(field.Name))
                throw Wrong(path.Length == 0 ? field.Name : $"{path}.{field.Name}", $"is not known.{(NearNames.Find(field.Name, fields) is { } near ? $" Did you mean \"{near}\"?" : "")} Known: {string.Join(", ", fields)}");
        }
    }

    private decimal? Amount(JsonElement element, string name, string path)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!,
            _ => throw Wrong(path, "must be a number or a decimal in quotes"),
        };
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && amount is > 0 and <= Most
            ? amount
            : throw Wrong(path, $"is {value.GetRawText()}; it must be a number above 0, up to {Most}");
    }

    private string? Text(JsonElement element, string name, string path)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong($"{path}.{name}", "must be a text in quotes");
    }

    private CliException Wrong(string path, string what) => CliException.Usage($"{_file}: {(path.Length == 0 ? "the portfolio" : $"\"{path}\"")} {what}.");
}
