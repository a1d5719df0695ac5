using Omega.Trading.Expressions;
using Omega.Trading.Indicators;

namespace Omega.Trading.Strategies;

/// <summary>Makes a strategy of its JSON and a value for each parameter.</summary>
internal sealed class SpecCompiler
{
    private const int MostParts = 10_000;

    private readonly SpecDocument _document;
    private readonly IReadOnlyDictionary<string, double> _parameters;
    private readonly TermGraph _graph = new();
    private readonly Dictionary<string, double> _constants;

    private SpecCompiler(SpecDocument document, IReadOnlyDictionary<string, double> parameters)
    {
        (_document, _parameters) = (document, parameters);
        _constants = new Dictionary<string, double>(parameters);
        foreach (var rule in document.Parameters)
            NameChoices(rule);
    }

    /// <exception cref="StrategySpecException">An expression does not compile, or a value is out of range.</exception>
    public static SpecStrategy Compile(SpecDocument document, IReadOnlyDictionary<string, double> parameters)
    {
        var compiler = new SpecCompiler(document, parameters);
        return new SpecStrategy(document.Name, parameters, compiler._graph)
        {
            Timeframe = document.Timeframe,
            Long = document.Long is null ? null : compiler.Side(document.Long, isLong: true),
            Short = document.Short is null ? null : compiler.Side(document.Short, isLong: false),
            Size = compiler.Size(),
            Parts = document.Parts is null ? null : compiler.Parts(document.Parts),
            Hours = document.Hours,
        };
    }

    /// <summary>The names of choices stand for their numbers: <c>mode == breakout</c>.</summary>
    private void NameChoices(ParameterRule rule)
    {
        for (var i = 0; i < rule.Parameter.Choices.Count; i++)
        {
            var choice = rule.Parameter.Choices[i];
            if (!Vocabulary.IsName(choice))
                continue;
            if (Vocabulary.IsTaken(choice) || !_constants.TryAdd(choice, i))
                throw rule.Place.Error($"The choice \"{choice}\" is a name already. Choose another.");
        }
    }

    private SideTerms Side(SideRule side, bool isLong) => new(
        Bind(side.Enter, ExpressionType.Bool, seesPosition: false),
        side.Exit is null ? null : Bind(side.Exit, ExpressionType.Bool, seesPosition: true),
        side.Stop is null ? null : Level(side.Stop, isLong ? 1 : 10),
        side.Target is null ? null : Level(side.Target, isLong ? 100 : 1),
        side.Trail is null ? null : Level(side.Trail, isLong ? 1 : 10));

    /// <param name="level">The rule.</param>
    /// <param name="below">What a fraction of the price has to stay below; at 1, the price would be zero.</param>
    private LevelTerms Level(LevelRule level, double below) => level switch
    {
        FractionLevel fraction => new(PriceRuleKind.Fraction, Constant(fraction.Fraction, 0, below), null),
        AtrLevel atr => new(PriceRuleKind.Distance, Constant(atr.Multiple, 0, 1000), Atr(atr)),
        PriceLevel price => new(PriceRuleKind.Price, 1, Bind(price.Price, ExpressionType.Number, seesPosition: false)),
        _ => throw new InvalidOperationException("Every kind of level has a case."),
    };

    private Term Atr(AtrLevel level)
    {
        var atr = IndicatorCatalog.Find("atr");
        double[] length = [level.Length is null ? atr.Parameters[0].Default : Constant(level.Length)];
        return atr.Check(length) is { } complaint
            ? throw (level.Length ?? (SpecValue)new SpecNull(level.Place)).Place.Error(complaint)
            : _graph.Indicator(new IndicatorTerm(atr, new ParameterValues(length), null, Frame.Base));
    }

    private EntrySize Size()
    {
        if (_document.Size is not { } size)
            return default;
        if (_document.Parts is not null && size.Kind != EntrySizeKind.Quote)
            throw size.Place.Error("With \"parts\" the size is \"all\", in equal parts, or {\"quote\": …}, the amount of a part.");
        var sides = new[] { _document.Long, _document.Short };
        if (size.Kind == EntrySizeKind.RiskFraction && sides.Any(side => side is { Stop: null }))
            throw size.Place.Error("{\"risk\": …} is the share of the equity lost at the stop: give each side a \"stop\".");
        return new EntrySize(size.Kind, size.Kind switch
        {
            EntrySizeKind.Quote => Constant(size.Value, 0, 1e15),
            _ => Constant(size.Value, 0, 1, includesMost: true),
        });
    }

    private PartsPlan Parts(PartsRule parts)
    {
        var count = Constant(parts.Count, 0, MostParts, includesMost: true);
        if (count != Math.Floor(count))
            throw parts.Count.Place.Error($"The number of parts is a whole number from 1 to {MostParts}.");
        var every = parts.Every.Value;
        if (_document.Parameters.FirstOrDefault(rule => rule.Parameter.Name == every)?.Parameter is { } parameter)
        {
            every = parameter.Choices.Count > 0
                ? parameter.Show(_parameters[parameter.Name])
                : throw parts.Every.Place.Error($"The parameter {parameter.Name} is a number. A period needs choices, such as [\"1d\", \"1w\"].");
        }

        return Timeframe.TryParse(every, out var period)
            ? new PartsPlan(period, (int)count)
            : throw parts.Every.Place.Error($"Unknown period \"{every}\".{NearNames.Question(every, Timeframe.All.Select(known => known.ToString()))} Known: {string.Join(", ", Timeframe.All)}.");
    }

    private Term Bind(SpecText text, ExpressionType type, bool seesPosition)
    {
        try
        {
            var term = Binder.Bind(_graph, new BindingScope(_constants, seesPosition), text.Value, type);
            if (_document.Timeframe is { } timeframe)
                _graph.CheckFrames(timeframe);
            return term;
        }
        catch (ExpressionException exception)
        {
            throw text.Place.Error(exception.Message, exception);
        }
    }

    /// <summary>A number, or an expression of parameters.</summary>
    private double Constant(SpecValue value) => value switch
    {
        SpecNumber number => number.Value,
        SpecText text => Bind(text, ExpressionType.Number, seesPosition: false) is ConstantTerm { Value: var constant } && double.IsFinite(constant)
            ? constant
            : throw text.Place.Error("This has to be a number that is the same on every bar: a number, or an expression of parameters."),
        _ => throw value.Expected("a number, or an expression of parameters as a text"),
    };

    private double Constant(SpecValue value, double above, double most, bool includesMost = false)
    {
        var number = Constant(value);
        return number > above && (number < most || includesMost && number == most)
            ? number
            : throw value.Place.Error(FormattableString.Invariant($"The value is {number}; allowed: above {above}, {(includesMost ? "up to" : "below")} {most}."));
    }
}
