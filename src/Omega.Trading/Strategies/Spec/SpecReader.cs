using Omega.Trading.Expressions;

namespace Omega.Trading.Strategies;

/// <summary>Reads a strategy's JSON: which fields there are, and of which kind. What expressions mean is the compiler's business.</summary>
internal static class SpecReader
{
    private const int MostParameters = 32;
    private const int LongestText = 2000;

    /// <exception cref="StrategySpecException">It is not a strategy; the message says where and what was expected.</exception>
    public static SpecDocument Read(ReadOnlySpan<byte> json, string? file)
    {
        var root = Object(SpecJson.Parse(json, file));
        root.Only("$schema", "name", "description", "timeframe", "parameters", "long", "short", "size", "every", "parts", "hours", "weekdays");
        if (root.Find("$schema") is { } schema)
            Text(schema);
        if (root.Find("long") is null && root.Find("short") is null)
            throw root.Place.Error("There is neither \"long\" nor \"short\". Give one: {\"enter\": \"…\", \"exit\": \"…\"}.");
        return new SpecDocument(Name(root.Need("name")), root.Find("description") is { } description ? Text(description) : "")
        {
            Timeframe = root.Find("timeframe") is { } timeframe ? OfTimeframe(timeframe) : null,
            Parameters = root.Find("parameters") is { } parameters ? Parameters(Object(parameters)) : [],
            Long = root.Find("long") is { } side ? Side(Object(side)) : null,
            Short = root.Find("short") is { } other ? Side(Object(other)) : null,
            Size = root.Find("size") is { } size ? Size(size) : null,
            Parts = Parts(root),
            Hours = EntryHoursReader.Read(root.Find("hours"), root.Find("weekdays")),
        };
    }

    public static SpecObject Object(SpecValue value) => value as SpecObject ?? throw value.Expected("an object");

    public static string Text(SpecValue value) => value switch
    {
        SpecText { Value.Length: <= LongestText } text => text.Value,
        SpecText => throw value.Place.Error($"The text is longer than {LongestText} characters."),
        _ => throw value.Expected("a text"),
    };

    public static double Number(SpecValue value) => (value as SpecNumber ?? throw value.Expected("a number")).Value;

    private static string Name(SpecValue value)
    {
        var name = Text(value);
        return name.Length is > 0 and <= 64 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? name
            : throw value.Expected("a name of small letters, digits and \"-\", beginning with a letter, such as my-cross");
    }

    private static Timeframe OfTimeframe(SpecValue value)
    {
        try
        {
            return Timeframe.Parse(Text(value));
        }
        catch (TradingException exception) when (exception is not StrategySpecException)
        {
            throw value.Place.Error(exception.Message, exception);
        }
    }

    private static List<ParameterRule> Parameters(SpecObject parameters)
    {
        if (parameters.Fields.Count > MostParameters)
            throw parameters.Place.Error($"There are {parameters.Fields.Count} parameters; at most {MostParameters} are allowed.");
        return [.. parameters.Fields.Select(field => new ParameterRule(field.Value.Place, Parameter(field.Key, Object(field.Value))))];
    }

    private static StrategyParameter Parameter(string name, SpecObject parameter)
    {
        if (!Vocabulary.IsName(name))
            throw parameter.Place.Error("A parameter's name has letters, digits and \"_\", and begins with a letter.");
        if (Vocabulary.IsTaken(name))
            throw parameter.Place.Error($"\"{name}\" is a name of the expression language. Choose another.");
        return parameter.Find("choices") is { } choices ? Choice(name, parameter, choices) : Range(name, parameter);
    }

    private static StrategyParameter Range(string name, SpecObject parameter)
    {
        parameter.Only("default", "min", "max", "step", "integer", "description");
        var (value, minimum, maximum) = (parameter.Need("default"), Number(parameter.Need("min")), Number(parameter.Need("max")));
        if (minimum > maximum)
            throw parameter.Place.Error("min is above max.");
        var read = new StrategyParameter(name, Number(value), minimum, maximum)
        {
            Description = parameter.Find("description") is { } description ? Text(description) : null,
            Step = parameter.Find("step") is { } step ? Positive(step) : null,
            IsInteger = parameter.Find("integer") is { } integer && (integer as SpecFlag ?? throw integer.Expected("true or false")).Value,
        };
        if (read.IsInteger && (minimum != Math.Floor(minimum) || maximum != Math.Floor(maximum) || read.Step is { } fraction && fraction != Math.Floor(fraction)))
            throw parameter.Place.Error("The parameter is an integer, but min, max or step is not.");
        try
        {
            read.Check(read.Default);
        }
        catch (TradingException exception)
        {
            throw value.Place.Error(exception.Message, exception);
        }

        return read;
    }

    private static StrategyParameter Choice(string name, SpecObject parameter, SpecValue choices)
    {
        parameter.Only("default", "choices", "description");
        var list = choices as SpecList ?? throw choices.Expected("a list of texts");
        var names = list.Items.Select(Text).ToList();
        if (names.Count is < 2 or > MostParameters || names.Distinct().Count() < names.Count || names.Any(text => text.Length is 0 or > 40))
            throw choices.Place.Error($"Choices are 2 to {MostParameters} different texts of at most 40 characters.");
        var value = parameter.Need("default");
        var read = new StrategyParameter(name, names.IndexOf(Text(value)), 0, names.Count - 1)
        {
            Description = parameter.Find("description") is { } description ? Text(description) : null,
            Step = 1,
            IsInteger = true,
            Choices = names,
        };
        return read.Default >= 0 ? read : throw value.Expected(read.Range);
    }

    private static double Positive(SpecValue value) => Number(value) is > 0 and var number ? number : throw value.Expected("a number above 0");

    private static SideRule Side(SpecObject side)
    {
        side.Only("enter", "exit", "stop", "target", "trail");
        return new SideRule(
            Expression(side.Need("enter")),
            side.Find("exit") is { } exit ? Expression(exit) : null,
            side.Find("stop") is { } stop ? Level(Object(stop), mayBePrice: true) : null,
            side.Find("target") is { } target ? Level(Object(target), mayBePrice: true) : null,
            side.Find("trail") is { } trail ? Level(Object(trail), mayBePrice: false) : null);
    }

    private static SpecText Expression(SpecValue value) => value as SpecText ?? throw value.Expected("an expression as a text");

    private static LevelRule Level(SpecObject level, bool mayBePrice)
    {
        if (level.Find("fraction") is { } fraction)
        {
            level.Only("fraction");
            return new FractionLevel(level.Place, fraction);
        }

        if (level.Find("atr") is { } multiple)
        {
            level.Only("atr", "length");
            return new AtrLevel(level.Place, multiple, level.Find("length"));
        }

        if (mayBePrice)
        {
            level.Only("fraction", "atr", "length", "price");
            if (level.Find("price") is { } price)
            {
                level.Only("price");
                return new PriceLevel(level.Place, Expression(price));
            }
        }
        else
        {
            level.Only("fraction", "atr", "length");
        }

        throw level.Place.Error($"Give one of: {{\"fraction\": 0.05}}, {{\"atr\": 2, \"length\": 14}}{(mayBePrice ? ", {\"price\": \"lowest(low, 10)\"}" : "")}.");
    }

    private static SizeRule? Size(SpecValue size)
    {
        const string What = "\"all\", {\"fraction\": 0.5}, {\"quote\": 1000} or {\"risk\": 0.01}";
        if (size is SpecText { Value: "all" })
            return null;
        if (size is not SpecObject { Fields.Count: 1 } rule)
            throw size.Expected(What);
        rule.Only("fraction", "quote", "risk");
        var (name, value) = rule.Fields.First();
        var kind = name switch
        {
            "fraction" => EntrySizeKind.CashFraction,
            "quote" => EntrySizeKind.Quote,
            _ => EntrySizeKind.RiskFraction,
        };
        return new SizeRule(rule.Place, kind, value);
    }

    private static PartsRule? Parts(SpecObject root) => (root.Find("every"), root.Find("parts")) switch
    {
        (null, null) => null,
        ({ } every, { } parts) => new PartsRule(every as SpecText ?? throw every.Expected("a timeframe, such as \"1w\", or a parameter"), parts),
        _ => throw root.Place.Error("\"every\" and \"parts\" go together: one part is bought in each period."),
    };
}
