namespace Omega.Cli.Configuration;

internal enum SettingKind
{
    Text,
    Number,
    Switch,
}

/// <summary>One setting: <paramref name="Key"/> in <c>omega.json</c>, <c>OMEGA_KEY</c> as a variable.</summary>
internal sealed record SettingName(string Key, SettingKind Kind)
{
    public string Variable { get; } = "OMEGA_" + Key.ToUpperInvariant();
}

/// <summary>The settings that environment, <c>.env</c> and <c>omega.json</c> share. Each is read by a command.</summary>
internal static class SettingNames
{
    public static readonly SettingName Model = new("model", SettingKind.Text);
    public static readonly SettingName BaseUrl = new("base_url", SettingKind.Text);
    public static readonly SettingName System = new("system", SettingKind.Text);
    public static readonly SettingName Temperature = new("temperature", SettingKind.Number);
    public static readonly SettingName MaxTokens = new("max_tokens", SettingKind.Number);
    public static readonly SettingName TopP = new("top_p", SettingKind.Number);
    public static readonly SettingName ReasoningEffort = new("reasoning_effort", SettingKind.Text);
    public static readonly SettingName Functions = new("functions", SettingKind.Text);
    public static readonly SettingName Feed = new("feed", SettingKind.Text);
    public static readonly SettingName Candles = new("candles", SettingKind.Text);
    public static readonly SettingName Timeout = new("timeout", SettingKind.Number);
    public static readonly SettingName Fallback = new("fallback", SettingKind.Text);
    public static readonly SettingName Fast = new("fast", SettingKind.Text);
    public static readonly SettingName Smart = new("smart", SettingKind.Text);
    public static readonly SettingName Attempts = new("attempts", SettingKind.Number);
    public static readonly SettingName ConnectTimeout = new("connect_timeout", SettingKind.Number);
    public static readonly SettingName FirstTimeout = new("first_timeout", SettingKind.Number);
    public static readonly SettingName IdleTimeout = new("idle_timeout", SettingKind.Number);
    public static readonly SettingName Typewriter = new("typewriter", SettingKind.Number);
    public static readonly SettingName Lenient = new("lenient", SettingKind.Switch);
    public static readonly SettingName KeyMaxAge = new("key_max_age", SettingKind.Number);
    public static readonly SettingName RequestsPerMinute = new("requests_per_minute", SettingKind.Number);
    public static readonly SettingName TokensPerMinute = new("tokens_per_minute", SettingKind.Number);
    public static readonly SettingName ConcurrentStreams = new("concurrent_streams", SettingKind.Number);

    public static readonly SettingName Budget = new("budget", SettingKind.Number);
    public static readonly SettingName BudgetSession = new("budget_session", SettingKind.Number);
    public static readonly SettingName BudgetDay = new("budget_day", SettingKind.Number);
    public static readonly SettingName BudgetMonth = new("budget_month", SettingKind.Number);
    public static readonly SettingName AllowUnpriced = new("allow_unpriced", SettingKind.Switch);

    public static readonly SettingName FlightRecorder = new("flight_recorder", SettingKind.Text);
    public static readonly SettingName FlightRecorderMegabytes = new("flight_recorder_mb", SettingKind.Number);

    public static IReadOnlyList<SettingName> All { get; } =
    [
        Model, BaseUrl, System, Temperature, MaxTokens, TopP, ReasoningEffort, Functions, Feed, Candles, Timeout, Fallback, Fast, Smart, Attempts, ConnectTimeout, FirstTimeout, IdleTimeout,
        Typewriter, Lenient, Budget, BudgetSession, BudgetDay, BudgetMonth, AllowUnpriced, KeyMaxAge, RequestsPerMinute, TokensPerMinute, ConcurrentStreams,
        FlightRecorder, FlightRecorderMegabytes,
    ];

    public static SettingName? Find(string key) => All.FirstOrDefault(setting => setting.Key == key);
}
