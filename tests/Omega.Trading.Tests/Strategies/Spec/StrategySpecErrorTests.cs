using CsCheck;
using Omega.Trading.Strategies;

namespace Omega.Trading.Tests.Strategies.Spec;

public sealed class StrategySpecErrorTests
{
    private const string Enter = """ "long": {"enter": "true"} """;

    [Theory]
    [InlineData("[]", "$", "Expected an object; found a list.")]
    [InlineData("""{"name": "a"}""", "$", "There is neither \"long\" nor \"short\".")]
    [InlineData("""{"long": {"enter": "true"}}""", "$", "The field \"name\" is missing.")]
    [InlineData("""{"name": "A b", "long": {"enter": "true"}}""", "$.name", "Expected a name of small letters")]
    [InlineData("""{"name": 7, "long": {"enter": "true"}}""", "$.name", "Expected a text; found 7.")]
    [InlineData("""{"name": "a", "nme": "b", "long": {"enter": "true"}}""", "$.nme", "Unknown field \"nme\". Did you mean \"name\"?")]
    [InlineData("""{"name": "a", "name": "b", "long": {"enter": "true"}}""", "$.name", "The field is there twice.")]
    [InlineData("""{"name": "a", "long": {"enter": "true"},}""", "$", "This is not JSON:")]
    [InlineData("""{"name": "a", "long": {"enter": "true"}} x""", "$", "This is not JSON:")]
    [InlineData("""{"name": "a", "long": {"enter": "true" // no""", "$", "This is not JSON:")]
    [InlineData("", "$", "This is not JSON:")]
    [InlineData("""{"name": "\ud800", "long": {"enter": "true"}}""", "$.name", "The text holds half of a surrogate pair")]
    public void Parse_Form_SaysWhereAndWhat(string json, string path, string reason) => AssertError(json, path, reason);

    [Theory]
    [InlineData(""" "timeframe": "1hr" """, "$.timeframe", "Unknown timeframe \"1hr\". Did you mean \"1h\"?")]
    [InlineData(""" "description": null """, "$.description", "Expected a text; found null.")]
    [InlineData(""" "parameters": {"close": {"default": 1, "min": 1, "max": 2}} """, "$.parameters.close", "\"close\" is a name of the expression language.")]
    [InlineData(""" "parameters": {"a b": {"default": 1, "min": 1, "max": 2}} """, "$.parameters[\"a b\"]", "A parameter's name has letters")]
    [InlineData(""" "parameters": {"a": {"default": 1, "min": 1}} """, "$.parameters.a", "The field \"max\" is missing.")]
    [InlineData(""" "parameters": {"a": {"default": 1, "min": 3, "max": 2}} """, "$.parameters.a", "min is above max.")]
    [InlineData(""" "parameters": {"a": {"default": 9, "min": 1, "max": 2}} """, "$.parameters.a.default", "Parameter a is 9; allowed: a number from 1 to 2.")]
    [InlineData(""" "parameters": {"a": {"default": 1.5, "min": 1, "max": 2, "integer": true}} """, "$.parameters.a.default", "Parameter a is 1.5; allowed: a whole number from 1 to 2.")]
    [InlineData(""" "parameters": {"a": {"default": 1, "min": 0.5, "max": 2, "integer": true}} """, "$.parameters.a", "The parameter is an integer, but min, max or step is not.")]
    [InlineData(""" "parameters": {"a": {"default": 1, "min": 1, "max": 2, "step": 0}} """, "$.parameters.a.step", "Expected a number above 0; found 0.")]
    [InlineData(""" "parameters": {"a": {"default": 1e999, "min": 1, "max": 2}} """, "$.parameters.a.default", "The number is too large.")]
    [InlineData(""" "parameters": {"a": {"default": "x", "choices": ["y", "z"]}} """, "$.parameters.a.default", "Expected y or z; found \"x\".")]
    [InlineData(""" "parameters": {"a": {"default": "y", "choices": ["y"]}} """, "$.parameters.a.choices", "Choices are 2 to 32 different texts")]
    [InlineData(""" "parameters": {"a": {"default": "y", "choices": ["y", "ema"]}} """, "$.parameters.a", "The choice \"ema\" is a name already.")]
    [InlineData(""" "size": {"fraction": 1.5} """, "$.size.fraction", "The value is 1.5; allowed: above 0, up to 1.")]
    [InlineData(""" "size": {"fraction": "close"} """, "$.size.fraction", "This has to be a number that is the same on every bar")]
    [InlineData(""" "size": {"risk": 0.01} """, "$.size", "{\"risk\": …} is the share of the equity lost at the stop: give each side a \"stop\".")]
    [InlineData(""" "size": {"cash": 1} """, "$.size.cash", "Unknown field \"cash\".")]
    [InlineData(""" "size": "half" """, "$.size", "Expected \"all\", {\"fraction\": 0.5}, {\"quote\": 1000} or {\"risk\": 0.01}; found \"half\".")]
    [InlineData(""" "every": "1w" """, "$", "\"every\" and \"parts\" go together")]
    [InlineData(""" "every": "1x", "parts": 3 """, "$.every", "Unknown period \"1x\".")]
    [InlineData(""" "every": "1w", "parts": 2.5 """, "$.parts", "The number of parts is a whole number")]
    [InlineData(""" "every": "1w", "parts": 2, "size": {"fraction": 0.5} """, "$.size", "With \"parts\" the size is \"all\"")]
    [InlineData(""" "hours": {"from": 8, "to": 8} """, "$.hours", "\"from\" and \"to\" are equal")]
    [InlineData(""" "hours": {"from": 8, "to": 24} """, "$.hours.to", "Expected an hour of the day (UTC), a whole number from 0 to 23; found 24.")]
    [InlineData(""" "weekdays": ["mon", "monday"] """, "$.weekdays[1]", "Expected mon, tue, wed, thu, fri, sat, sun; found \"monday\".")]
    [InlineData(""" "weekdays": ["mon", "mon"] """, "$.weekdays[1]", "The weekday is there twice.")]
    [InlineData(""" "weekdays": [] """, "$.weekdays", "There is no weekday")]
    [InlineData(""" "short": {"enter": "close"} """, "$.short.enter", "Character 1: A rule has to be true or false, but this is a number.")]
    [InlineData(""" "short": {"enter": "position.bars > 1"} """, "$.short.enter", "Character 1: Only exits see the position.")]
    [InlineData(""" "short": {"enter": "true", "exit": "position.return[1] > 0"} """, "$.short.exit", "Character 10: [ ] has a memory, and the position has no history.")]
    [InlineData(""" "short": {"enter": true} """, "$.short.enter", "Expected an expression as a text; found true.")]
    [InlineData(""" "short": {"exit": "true"} """, "$.short", "The field \"enter\" is missing.")]
    [InlineData(""" "short": {"enter": "true", "stop": {}} """, "$.short.stop", "Give one of: {\"fraction\": 0.05}")]
    [InlineData(""" "short": {"enter": "true", "stop": {"fraction": 0}} """, "$.short.stop.fraction", "The value is 0; allowed: above 0, below 10.")]
    [InlineData(""" "short": {"enter": "true", "stop": {"fraction": 0.1, "atr": 2}} """, "$.short.stop.atr", "Unknown field \"atr\".")]
    [InlineData(""" "short": {"enter": "true", "stop": {"atr": 2, "length": 0}} """, "$.short.stop.length", "atr: length is 0; allowed: a whole number from 1 to 5000.")]
    [InlineData(""" "short": {"enter": "true", "trail": {"price": "close"}} """, "$.short.trail.price", "Unknown field \"price\".")]
    [InlineData(""" "short": {"enter": "m5.close > 1"}, "timeframe": "1h" """, "$.short.enter", "Character 1: m5 is shorter than the bars, which are of 1h.")]
    public void Parse_Field_SaysWhereAndWhat(string fields, string path, string reason) => AssertError($$"""{"name": "test", {{Enter}}, {{fields}}}""", path, reason);

    [Fact]
    public void Parse_WrongExpression_ShowsFileLinePathAndCaret()
    {
        const string Json = """
            {
              "name": "test",
              "long": {
                "enter": "crossover(emma(12), ema(26))"
              }
            }
            """;

        var error = Assert.Throws<StrategySpecException>(() => StrategySpec.Parse(Json, "mine.json"));

        Assert.Equal(
            """
            mine.json, line 4, $.long.enter: Character 11: Unknown function "emma". Did you mean "ema"?
              crossover(emma(12), ema(26))
                        ^
            """.ReplaceLineEndings("\n"),
            error.Message);
        Assert.Equal(("mine.json", 4, "$.long.enter"), (error.File, error.Line, error.Path));
    }

    [Fact]
    public void Parse_TooLarge_IsRefused()
    {
        var json = $$"""{"name": "test", {{Enter}} {{new string(' ', 256 * 1024)}} }""";
        Assert.Contains("at most 262144 are allowed", Assert.Throws<StrategySpecException>(() => StrategySpec.Parse(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoSuchFile_SaysSo()
    {
        var error = Assert.Throws<TradingException>(() => StrategySpec.Load("/nowhere/at-all.json"));
        Assert.StartsWith("The strategy /nowhere/at-all.json cannot be read:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slw", 3, "The strategy \"ema-cross\" has no parameter \"slw\". Did you mean \"slow\"? Known: fast (a whole number from 2 to 500), slow (a whole number from 3 to 1000).")]
    [InlineData("fast", 1, "Parameter fast is 1; allowed: a whole number from 2 to 500.")]
    [InlineData("fast", double.NaN, "Parameter fast is NaN; allowed: a whole number from 2 to 500.")]
    public void Compile_WrongParameter_SaysWhatIsAllowed(string name, double value, string message)
    {
        var error = Assert.Throws<TradingException>(() => BuiltInStrategies.Find("ema-cross").Compile(new Dictionary<string, double> { [name] = value }));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Compile_ValuesThatDoNotGoTogether_SayWhere()
    {
        var spec = Spec.Of(""" "parameters": {"fast": {"default": 3, "min": 2, "max": 90, "integer": true}}, "long": {"enter": "macd(fast, 26, 9).line > 0"} """);
        var error = Assert.Throws<StrategySpecException>(() => spec.Compile(new Dictionary<string, double> { ["fast"] = 30 }));
        Assert.Equal("$.long.enter", error.Path);
        Assert.Contains("fast must be below slow", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Damaged_IsAStrategyOrAnError()
    {
        var texts = BuiltInStrategies.All.Select(spec => spec.Json).ToArray();
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            var text = texts[random.Next(texts.Length)];
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                text = random.Next(2) == 0 ? text.Remove(at, 1) : text.Insert(at, text[random.Next(text.Length)].ToString());
            }

            try
            {
                StrategySpec.Parse(text);
            }
            catch (StrategySpecException error)
            {
                Assert.InRange(error.Line, 1, text.Count(c => c == '\n') + 1);
            }
        }, iter: 2000);
    }

    private static void AssertError(string json, string path, string reason)
    {
        var error = Assert.Throws<StrategySpecException>(() => StrategySpec.Parse(json));
        Assert.StartsWith(reason, error.Reason, StringComparison.Ordinal);
        Assert.Equal((path, 1, $"line 1, {path}: {error.Reason}"), (error.Path, error.Line, error.Message));
    }
}
