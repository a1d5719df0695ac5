using System.Text;

namespace Omega.Trading.Strategies;

/// <summary>
/// A strategy as JSON: expressions to enter and leave, stops and targets, size, hours, and parameters with the ranges that a search may
/// try. Immutable and thread-safe. See docs/concepts/strategies.md.
/// </summary>
public sealed class StrategySpec
{
    private readonly SpecDocument _document;

    private StrategySpec(SpecDocument document, string json)
    {
        (_document, Json) = (document, json);
        Parameters = [.. document.Parameters.Select(rule => rule.Parameter)];
        Rules = [.. StrategyRule.Of(document)];
    }

    /// <summary>The JSON Schema (2020-12) of the format.</summary>
    public static string Schema { get; } = Resource.Read("strategy.schema.json");

    /// <summary>Name in reports and on the command line, such as <c>ema-cross</c>.</summary>
    public string Name => _document.Name;

    /// <summary>What it does; may be empty.</summary>
    public string Description => _document.Description;

    /// <summary>The only timeframe it runs on, or null for any.</summary>
    public Timeframe? Timeframe => _document.Timeframe;

    /// <summary>Its parameters, in order.</summary>
    public IReadOnlyList<StrategyParameter> Parameters { get; }

    /// <summary>What it says, rule by rule, for people to read.</summary>
    public IReadOnlyList<StrategyRule> Rules { get; }

    /// <summary>The JSON, as read.</summary>
    public string Json { get; }

    /// <summary>Reads a strategy and compiles its expressions with the defaults. Safe for texts from anyone.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="file">A name for error messages, or null.</param>
    /// <exception cref="StrategySpecException">It is not a strategy; the message says where, what is wrong, and what to do.</exception>
    public static StrategySpec Parse(string json, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Read(Encoding.UTF8.GetBytes(json), file);
    }

    /// <summary>Reads a strategy from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">How error messages name it; null for <paramref name="path"/>.</param>
    /// <exception cref="StrategySpecException">It is not a strategy; the message says where, what is wrong, and what to do.</exception>
    /// <exception cref="TradingException">The file cannot be read.</exception>
    public static StrategySpec Load(string path, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var file = File.OpenRead(path);
            // One byte more than is allowed is enough to know.
            var bytes = new byte[SpecJson.Largest + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Read(bytes.AsSpan(0, length), name ?? path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new TradingException($"The strategy {name ?? path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Makes it runnable.</summary>
    /// <param name="parameters">Values that differ from the defaults; null for none.</param>
    /// <exception cref="StrategySpecException">With these values an expression does not compile.</exception>
    /// <exception cref="TradingException">There is no such parameter, or its value is not allowed; the message says what is.</exception>
    public IStrategy Compile(IReadOnlyDictionary<string, double>? parameters = null)
    {
        var values = Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default);
        foreach (var (name, value) in parameters ?? new Dictionary<string, double>())
            values[name] = Parameter(name).Check(value);
        return SpecCompiler.Compile(_document, values);
    }

    /// <summary>One of its parameters.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="TradingException">There is none of that name; the message offers near ones.</exception>
    public StrategyParameter Parameter(string name) =>
        Parameters.FirstOrDefault(parameter => parameter.Name == name) ?? throw new TradingException(Parameters.Count == 0
            ? $"The strategy \"{Name}\" has no parameters."
            : $"The strategy \"{Name}\" has no parameter \"{name}\".{NearNames.Question(name, Parameters.Select(parameter => parameter.Name))} Known: {string.Join(", ", Parameters.Select(parameter => $"{parameter.Name} ({parameter.Range})"))}.");

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static StrategySpec Read(ReadOnlySpan<byte> json, string? file)
    {
        var spec = new StrategySpec(SpecReader.Read(json, file), Encoding.UTF8.GetString(json));
        spec.Compile();
        return spec;
    }
}
