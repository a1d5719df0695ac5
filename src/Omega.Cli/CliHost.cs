using Omega.Cli.Configuration;
using Omega.Cli.Editing;
using Omega.Cli.Input;
using Omega.Cli.Screen;
using Omega.Cli.Telemetry;
using Omega.Gpt;
using Omega.Gpt.Models;
using Omega.Gpt.Resilience;

namespace Omega.Cli;

/// <summary>What the commands need of the outside, made when first asked for.</summary>
internal sealed class CliHost
{
    private readonly Lazy<Settings> _settings;
    private readonly Lazy<IConversationStore> _store;
    private readonly Lazy<UsageLedger> _usage;
    private readonly Lazy<KeyStore> _keys;
    private readonly Lazy<IPrompt> _prompt;
    private readonly Lazy<CatalogStore> _catalogStore;
    private readonly Lazy<ModelCatalog> _catalog;
    private readonly Lazy<OtlpExport?> _export;

    /// <param name="terminal">The outputs.</param>
    /// <param name="environment">The real environment.</param>
    /// <param name="workingDirectory">Where <c>.env</c> is.</param>
    /// <param name="time">The clock.</param>
    public CliHost(Terminal terminal, Func<string, string?> environment, string workingDirectory, TimeProvider time)
    {
        (Terminal, Environment, WorkingDirectory, Time) = (terminal, environment, workingDirectory, time);
        _settings = new(() => Settings.Load(environment, workingDirectory));
        _prompt = new(() => Keyboard is { } keyboard && Terminal.CanBeEdited ? new EditedPrompt(Terminal, keyboard) : new LinePrompt(Terminal, Lines));
        _store = new(() => new FileConversationStore(Settings.Folders.Data));
        _usage = new(() => new UsageLedger(Path.Combine(Settings.Folders.Data, "usage.db")));
        _keys = new(() => KeyStores.Of(Settings, Time));
        _catalogStore = new(() => new CatalogStore(Settings.Folders.CatalogUpdate, Settings.Folders.OwnCatalog));
        _catalog = new(() => CatalogStore.Read());
        _export = new(() => OtlpExport.Start(environment, terminal));
    }

    public Terminal Terminal { get; }

    public TimeProvider Time { get; }

    public Func<string, string?> Environment { get; }

    public string WorkingDirectory { get; }

    /// <summary>Lines of standard input, for whoever wants one.</summary>
    public LineInput Lines { get; init; } = new(() => Console.In);

    /// <summary>Reads a line that is not shown while it is typed; null where the person gave up.</summary>
    public Func<string?> Hidden { get; init; } = HiddenLine.Read;

    /// <summary>The keys of the terminal; null where lines are read as they come.</summary>
    public IKeyboard? Keyboard { get; init; }

    /// <summary>Asks the person, or whoever writes to standard input.</summary>
    public IPrompt Prompt => _prompt.Value;

    /// <summary>Where help goes; null for standard output.</summary>
    public TextWriter? Help { get; init; }

    /// <exception cref="CliException"><c>omega.json</c> is damaged.</exception>
    public Settings Settings => _settings.Value;

    /// <summary>The sessions.</summary>
    public IConversationStore Store => _store.Value;

    /// <summary>What calls of models took and cost.</summary>
    public UsageLedger Usage => _usage.Value;

    /// <summary>The encrypted keys.</summary>
    public KeyStore Keys => _keys.Value;

    /// <summary>Where models and prices come from.</summary>
    public CatalogStore CatalogStore => _catalogStore.Value;

    /// <summary>What is known of models: what ships, the update over it, the person's own corrections over both.</summary>
    /// <exception cref="GptException">A file is damaged; the message names it.</exception>
    public ModelCatalog Catalog => _catalog.Value;

    /// <summary>Whether unexpected errors are shown with all they hold.</summary>
    public bool Debug => Environment("OMEGA_DEBUG") is { Length: > 0 } and not "0";

    /// <summary>Exports telemetry from here on, where the environment names a collector. Commands that run no turn have nothing to tell.</summary>
    public void ExportTelemetry() => _ = _export.Value;

    /// <summary>Sends what telemetry is left, within two seconds; says with <see cref="Debug"/> why it did not arrive, and nothing otherwise.</summary>
    public async Task EndTelemetryAsync()
    {
        if (_export is not { IsValueCreated: true, Value: { } export })
            return;
        await export.EndAsync(Time).ConfigureAwait(false);
        if (Debug && export.Failure is { } failure)
            Terminal.Marked("note", $"Telemetry did not all arrive: {failure}", Tone.Warning);
    }
}
