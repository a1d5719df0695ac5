using System.CommandLine;
using Omega.Cli.Commands.Recording;
using Omega.Cli.Configuration;
using Omega.Cli.Functions;
using Omega.Cli.Screen;
using Omega.Cli.Turns;
using Omega.Desk;
using Omega.Gpt;

namespace Omega.Cli.Commands;

/// <summary>The options that <c>ask</c> and <c>chat</c> share: who answers, how, in which session.</summary>
internal sealed class TurnArguments
{
    public const double DefaultTimeoutSeconds = 600;

    private readonly Option<string?> _model = OptionParsing.Text("--model", "Who answers, such as openai/gpt-4.1; see omega models", "PROVIDER/MODEL", "-m");
    private readonly Option<string?> _baseUrl = OptionParsing.Text("--base-url", "Another server for the model's provider", "URL");
    private readonly Option<string?> _apiKey = OptionParsing.Text("--api-key", "The provider's key; safer in the environment or .env", "KEY");
    private readonly Option<string?> _system = OptionParsing.Text("--system", "Instructions that go before everything; default those of the market's analyst", "TEXT");
    private readonly Option<double?> _temperature = OptionParsing.Number("--temperature", "Sampling temperature", "NUMBER", NumberRange.Temperature);
    private readonly Option<double?> _maxTokens = OptionParsing.Number("--max-tokens", "Most tokens of the answer", "COUNT", NumberRange.Tokens);
    private readonly Option<double?> _topP = OptionParsing.Number("--top-p", "Nucleus sampling", "NUMBER", NumberRange.TopP);
    private readonly Option<double?> _seed = OptionParsing.Number("--seed", "Repeatable sampling, where the provider has it", "NUMBER", NumberRange.Seed);
    private readonly Option<ReasoningEffort?> _effort = OptionParsing.Effort("--reasoning-effort", "How much a reasoning model thinks");
    private readonly PipelineArguments _pipeline = new();
    private readonly RecordingArguments _recording = new();
    private readonly FunctionArguments _functions = new();
    private readonly Option<string[]> _approve = new("--approve") { Description = ApprovalRules.Help, HelpName = "NAME", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _session = OptionParsing.Text("--session", "The session to begin or go on with", "NAME", "-s");
    private readonly Option<bool> _continue = OptionParsing.Switch("--continue", "Go on with the last session", "-c");
    private readonly Option<double?> _timeout = OptionParsing.Number("--timeout", "Longest time for a turn; default 600", "SECONDS", NumberRange.TimeoutSeconds);
    private readonly Option<double?> _typewriter = OptionParsing.Number("--typewriter", "Show text at an even pace, in characters per second", "CPS", NumberRange.Typewriter);
    private readonly Option<double?> _budget = OptionParsing.Number("--budget", "Most that a turn may spend, in US dollars", "USD", NumberRange.Usd);
    private readonly Option<bool> _allowUnpriced = OptionParsing.Switch("--allow-unpriced", "Under a budget, ask models whose price is unknown too");
    private readonly Option<bool> _lenient = OptionParsing.Switch("--lenient", "Leave out options that the model does not take, with a note");
    private readonly Option<bool> _quiet = OptionParsing.Switch("--quiet", "Only the answer and errors", "-q");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_model, _baseUrl, _apiKey, _system, _temperature, _maxTokens, _topP, _seed, _effort])
            command.Options.Add(option);
        _pipeline.AddTo(command);
        _recording.AddTo(command);
        _functions.AddTo(command);
        foreach (var option in (Option[])[_approve, _session, _continue, _timeout, _typewriter, _budget, _allowUnpriced, _lenient, _quiet])
            command.Options.Add(option);
    }

    /// <summary>The command line over the settings.</summary>
    /// <exception cref="CliException">Two options contradict each other, or a setting is wrong.</exception>
    public TurnChoices Read(ParseResult parsed, Settings settings)
    {
        if (parsed.GetValue(_session) is not null && parsed.GetValue(_continue))
            throw CliException.Usage("--session names a session and --continue takes the last one: give one of the two.");
        var functions = _functions.Read(parsed, settings);
        var budget = BudgetSettings.Read(settings);
        return new TurnChoices
        {
            Model = parsed.GetValue(_model),
            BaseUrl = parsed.GetValue(_baseUrl),
            ApiKey = parsed.GetValue(_apiKey),
            Pipeline = _pipeline.Read(parsed, settings),
            Recording = _recording.Read(parsed, settings),
            Session = parsed.GetValue(_session),
            Continue = parsed.GetValue(_continue),
            Functions = functions,
            System = SystemChoice.Of(parsed.GetValue(_system) ?? settings.Get(SettingNames.System.Variable), functions.Market is not null, settings.Folders),
            Approvals = ApprovalRules.Parse(parsed.GetValue(_approve)!),
            TimeoutSeconds = Number(_timeout, SettingNames.Timeout, NumberRange.TimeoutSeconds) ?? DefaultTimeoutSeconds,
            Typewriter = Number(_typewriter, SettingNames.Typewriter, NumberRange.Typewriter),
            TypewriterAsked = parsed.GetValue(_typewriter) is not null,
            Quiet = parsed.GetValue(_quiet),
            Budget = budget with
            {
                PerTurn = BudgetSettings.Exact(parsed.GetValue(_budget)) ?? budget.PerTurn,
                AllowUnpriced = parsed.GetValue(_allowUnpriced) || budget.AllowUnpriced,
            },
            Options = new TurnOptions
            {
                Temperature = Number(_temperature, SettingNames.Temperature, NumberRange.Temperature),
                MaxTokens = (int?)Number(_maxTokens, SettingNames.MaxTokens, NumberRange.Tokens),
                TopP = Number(_topP, SettingNames.TopP, NumberRange.TopP),
                Seed = (long?)parsed.GetValue(_seed),
                ReasoningEffort = parsed.GetValue(_effort) ?? Configured(SettingNames.ReasoningEffort, Efforts.Parse),
                Cache = _pipeline.ReadCache(parsed),
                Lenient = parsed.GetValue(_lenient) || settings.IsOn(SettingNames.Lenient),
            },
        };

        double? Number(Option<double?> option, SettingName setting, NumberRange range) => parsed.GetValue(option) ?? Configured(setting, range.Parse);

        T? Configured<T>(SettingName name, Func<string, string, Action<string>, T?> parse)
            where T : struct =>
            settings.Find(name.Variable) is { } setting ? parse(setting.Value, $"{setting.Origin} is", message => throw CliException.Usage(message)) : null;
    }
}

/// <summary>What a person chose for a turn, or for all turns of a chat.</summary>
internal sealed record TurnChoices
{
    public string? Model { get; init; }

    public string? BaseUrl { get; init; }

    public string? ApiKey { get; init; }

    /// <summary>What stands between a turn and the wire.</summary>
    public required GptPipelineOptions Pipeline { get; init; }

    /// <summary>What is written down.</summary>
    public required RecordingChoices Recording { get; init; }

    public string? Session { get; init; }

    public bool Continue { get; init; }

    public required FunctionChoices Functions { get; init; }

    public required ApprovalRules Approvals { get; init; }

    public double TimeoutSeconds { get; init; }

    public double? Typewriter { get; init; }

    /// <summary>Whether the typewriter was asked for on the command line, not only configured.</summary>
    public bool TypewriterAsked { get; init; }

    public bool Quiet { get; init; }

    public required Budget Budget { get; init; }

    /// <summary>The instructions that go before everything.</summary>
    public required SystemChoice System { get; init; }

    public required TurnOptions Options { get; init; }

    /// <summary>The options of a turn. Where there is a market, the answer's figures are traced to what its functions gave.</summary>
    /// <param name="model">Who answers.</param>
    /// <param name="functions">The functions, and who approves their calls.</param>
    /// <param name="prompt">What the person wrote: the candle files that it names may be read.</param>
    public TurnOptions ToTurnOptions(string model, TurnFunctions functions, string prompt) => Options with
    {
        Model = model,
        SystemMessage = System.Text,
        Functions = functions.For(prompt) is { Count: > 0 } set ? set : null,
        Approver = functions.Approver,
        Annotations = [.. ((AnnotationEvent?[])[System.Note, functions.Market?.ToAnnotation()]).OfType<AnnotationEvent>()],
        Annotator = functions.Market is null ? null : Grounding.Annotator,
        Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
    };

    /// <summary>The typewriter's pace. One that is only configured does not slow pipes.</summary>
    public double? PaceOn(Terminal terminal) => TypewriterAsked || terminal.IsOutputTerminal ? Typewriter : null;
}
