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
    public static readonly SettingName FlightRecorder = new("flight_recorder", SettingKind.Text);
    public static readonly SettingName FlightRecorderMegabytes = new("flight_recorder_mb", SettingKind.Number);

    public static IReadOnlyList<SettingName> All { get; } =
        [Model, BaseUrl, System, Temperature, MaxTokens, TopP, ReasoningEffort, Functions, Timeout, Fallback, Fast, Smart, Attempts, ConnectTimeout, FirstTimeout, IdleTimeout, Typewriter, Lenient, FlightRecorder, FlightRecorderMegabytes];

    public static SettingName? Find(string key) => All.FirstOrDefault(setting => setting.Key == key);
}
