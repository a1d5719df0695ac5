using System.Text.Json;
using Omega.Gpt.Functions.Schema;
using Omega.Trading.Strategies;

namespace Omega.Cli.Tests.Commands.Strategies;

/// <summary>The published schema and the reader agree on the form of a strategy.</summary>
public sealed class StrategySchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.Parse(StrategySpec.Schema);

    public static TheoryData<string> BuiltIns => [.. BuiltInStrategies.All.Select(spec => spec.Name)];

    public static TheoryData<string> Samples => [.. SampleStrategies.Files];

    [Theory]
    [MemberData(nameof(BuiltIns))]
    public void BuiltIn_Json_SatisfiesTheSchema(string name) => AssertSatisfies(BuiltInStrategies.Find(name).Json);

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_Json_SatisfiesTheSchemaAndIsNamedAsItsFile(string file)
    {
        var spec = StrategySpec.Load(SampleStrategies.At(file));
        AssertSatisfies(spec.Json);
        Assert.Equal(file, spec.Name + ".json");
    }

    [Theory]
    [InlineData("""{"name": "a"}""")]
    [InlineData("""{"name": "A", "long": {"enter": "true"}}""")]
    [InlineData("""{"name": "a", "nme": 1, "long": {"enter": "true"}}""")]
    [InlineData("""{"name": "a", "long": {"exit": "true"}}""")]
    [InlineData("""{"name": "a", "long": {"enter": true}}""")]
    [InlineData("""{"name": "a", "long": {"enter": "true", "stop": {}}}""")]
    [InlineData("""{"name": "a", "long": {"enter": "true", "stop": {"fraction": 0.1, "atr": 2}}}""")]
    [InlineData("""{"name": "a", "long": {"enter": "true", "trail": {"price": "close"}}}""")]
    [InlineData("""{"name": "a", "long": {"enter": "true"}, "size": "half"}""")]
    [InlineData("""{"name": "a", "long": {"enter": "true"}, "size": {"fraction": 0.1, "quote": 2}}""")]
    [InlineData("""{"name": "a", "long": {"enter": "true"}, "every": "1w"}""")]
    [InlineData("""{"name": "a", "long": {"enter": "true"}, "hours": {"from": 1, "to": 24}}""")]
    [InlineData("""{"name": "a", "long": {"enter": "true"}, "weekdays": ["monday"]}""")]
    [InlineData("""{"name": "a", "long": {"enter": "true"}, "timeframe": "1hr"}""")]
    [InlineData("""{"name": "a", "long": {"enter": "true"}, "parameters": {"x": {"default": 1, "min": 0}}}""")]
    [InlineData("""{"name": "a", "long": {"enter": "true"}, "parameters": {"x": {"default": "y", "choices": ["y"]}}}""")]
    public void Form_Wrong_IsRefusedByBoth(string json)
    {
        Assert.Throws<StrategySpecException>(() => StrategySpec.Parse(json));
        Assert.False(Schema.Validate(JsonElement.Parse(json)).IsValid);
    }

    private static void AssertSatisfies(string json)
    {
        var result = Schema.Validate(JsonElement.Parse(json));
        Assert.True(result.IsValid, result.ToString());
    }
}
