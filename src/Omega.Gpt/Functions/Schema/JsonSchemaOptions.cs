using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>How a <see cref="JsonSchema"/> is compiled and how much work one validation may take.</summary>
public sealed record JsonSchemaOptions
{
    internal static JsonSchemaOptions Default { get; } = new();

    /// <summary>Whether <c>format</c> is checked rather than only noted.</summary>
    /// <value>
    /// Default <see langword="false"/>, as the specification has it. A metaschema with the format-assertion vocabulary turns it on.
    /// </value>
    public bool AssertFormat { get; init; }

    /// <summary>How deep objects and arrays may nest, in instances and in schema documents.</summary>
    /// <value>Default 128; at least 1, at most 1,000.</value>
    public int MaxDepth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
            field = value;
        }
    } = 128;

    /// <summary>How many errors one validation reports before it stops looking.</summary>
    /// <value>Default 20; at least 1.</value>
    public int MaxErrors
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 20;

    /// <summary>How many times one validation may apply a schema to a value; beyond it the answer is the error "too complex".</summary>
    /// <value>Default 1,000,000; at least 1.</value>
    public int MaxSteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1_000_000;

    /// <summary>
    /// How long the backtracking patterns of one validation may run, all together. Patterns without lookaround and back references run
    /// in linear time.
    /// </summary>
    /// <value>Default 100 ms; more than zero.</value>
    public TimeSpan PatternTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Documents that <c>$ref</c>, <c>$dynamicRef</c> and <c>$schema</c> may name, by URI. Nothing is ever fetched; the 2020-12
    /// metaschemas are always known.
    /// </summary>
    /// <value>Default empty.</value>
    public IReadOnlyDictionary<string, JsonElement> Documents { get; init; } = new Dictionary<string, JsonElement>();
}
