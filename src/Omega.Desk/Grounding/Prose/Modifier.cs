namespace Omega.Desk.Prose;

/// <summary>What tells figures of one name apart: the upper band from the lower, the deepest drawdown from the mean one.</summary>
/// <param name="Group">What it is about; of one group, a figure has one value.</param>
/// <param name="Value">Which.</param>
internal readonly record struct Modifier(string Group, string Value);
