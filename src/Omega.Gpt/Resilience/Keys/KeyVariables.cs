using System.Globalization;

namespace Omega.Gpt.Resilience;

/// <summary>The variables that may hold keys: <c>OPENAI_API_KEY</c>, and <c>OPENAI_API_KEY_2</c> to <c>OPENAI_API_KEY_20</c> beside it.</summary>
internal static class KeyVariables
{
    private const int Most = 20;

    /// <summary>A variable and those beside it, in the order in which their keys are taken; some may be unset.</summary>
    /// <param name="name">The provider's own variable.</param>
    public static IEnumerable<string> Expand(string name) =>
        Enumerable.Range(1, Most).Select(number => number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}_{number}"));
}
