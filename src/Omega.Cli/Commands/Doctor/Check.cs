namespace Omega.Cli.Commands.Doctor;

internal enum CheckState
{
    /// <summary>In order.</summary>
    Good,

    /// <summary>Not set up; nothing wrong with that.</summary>
    Off,

    /// <summary>Works, but a person should look at it.</summary>
    Odd,

    /// <summary>Keeps Omega from working.</summary>
    Wrong,
}

/// <summary>One finding.</summary>
/// <param name="Group">The heading it stands under.</param>
/// <param name="Name">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="Finding">What was found and, where needed, what to do. Holds no secret.</param>
internal sealed record Check(string Group, string Name, CheckState State, string Finding);
