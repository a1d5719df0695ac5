using BenchmarkDotNet.Attributes;
using Omega.Gpt.Functions.Schema;

namespace Omega.Benchmarks.Functions;

/// <summary>Arguments of four properties against their schema, whole and while they are written.</summary>
[MemoryDiagnoser]
public class ValidationBenchmarks
{
    private const string Arguments = """{"symbol":"BTCUSDT","side":"buy","quantity":0.25,"limit":64250.5}""";

    private static readonly JsonSchema Schema = JsonSchema.Parse(
        """
        {"type":"object","additionalProperties":false,"required":["symbol","side","quantity"],
         "properties":{"symbol":{"type":"string","maxLength":20},"side":{"enum":["buy","sell"]},"quantity":{"type":"number","exclusiveMinimum":0},"limit":{"type":"number","minimum":0}}}
        """);

    private static readonly string[] Deltas = [.. Arguments.Chunk(5).Select(piece => new string(piece))];

    /// <summary>How many pieces the arguments come in.</summary>
    public static int DeltaCount => Deltas.Length;

    /// <summary>The whole text at once.</summary>
    [Benchmark(Baseline = true)]
    public bool Whole() => Schema.Validate(Arguments).IsValid;

    /// <summary>Piece by piece, from a new validator to its end.</summary>
    [Benchmark]
    public bool Incremental()
    {
        var validator = new IncrementalValidator(Schema);
        foreach (var delta in Deltas)
            validator.Append(delta);
        return validator.Finish() is null;
    }
}
