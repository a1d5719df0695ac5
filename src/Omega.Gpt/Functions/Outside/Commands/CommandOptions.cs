namespace Omega.Gpt;

/// <summary>
/// A program that runs a function's calls: arguments as JSON on its standard input, the result on its standard output. No shell is
/// involved. Immutable.
/// </summary>
/// <remarks>
/// The program gets this process's environment without the keys of model providers and of Omega, and besides it
/// <c>OMEGA_CALL</c> (the call's id) and <c>OMEGA_IDEMPOTENCY_KEY</c> (the same for every attempt at this call).
/// </remarks>
public sealed record CommandOptions
{
    /// <summary>Creates the options.</summary>
    /// <param name="program">The program: a name that is looked up in PATH, or a path.</param>
    /// <param name="arguments">Its arguments, each passed as it is.</param>
    public CommandOptions(string program, params IReadOnlyList<string> arguments)
    {
        ArgumentException.ThrowIfNullOrEmpty(program);
        ArgumentNullException.ThrowIfNull(arguments);
        (Program, Arguments) = (program, [.. arguments]);
    }

    /// <summary>The program: a name that is looked up in PATH, never in the working directory, or a path.</summary>
    public string Program { get; }

    /// <summary>Its arguments, each passed as it is.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>The folder it runs in.</summary>
    /// <value>Default: null, the folder of this process.</value>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables on top of those that it gets anyway. They may name a provider's key, which is then passed on.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether each line on standard error is reported as progress: as JSON where it is an object, else as a string. Up to 1,000 lines
    /// of 4,096 characters; what is beyond is left out.
    /// </summary>
    /// <value>Default: false.</value>
    public bool ReportsProgress { get; init; }

    /// <inheritdoc/>
    /// <remarks>Variables are counted, not printed: they may be keys.</remarks>
    public override string ToString() => $"{nameof(CommandOptions)} {{ {string.Join(' ', [Program, .. Arguments])}, {Environment.Count} variables }}";
}
