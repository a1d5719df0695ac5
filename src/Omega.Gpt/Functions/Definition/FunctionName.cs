using System.Reflection;
using System.Text.Json;

namespace Omega.Gpt.Functions.Definition;

/// <summary>A function's name from a method's: <c>GetPriceAsync</c> is <c>get_price</c>.</summary>
internal static class FunctionName
{
    /// <exception cref="GptException">The name given, or the method's, is not a function's name.</exception>
    public static string Of(MethodInfo method, string? given)
    {
        if (given is not null)
            return Check(given);
        var name = Declared(method.Name)
            ?? throw Invalid("A lambda has no name of its own. Give one: GptFunction.Create(lambda, name: \"get_price\").");
        if (name.EndsWith("Async", StringComparison.Ordinal) && name.Length > "Async".Length)
            name = name[..^"Async".Length];
        name = JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
        return FunctionChoice.IsName(name)
            ? name
            : throw Invalid($"The method {method.Name} would be named \"{name}\", which is not 1 to 64 letters, digits, _ or -. Give a name.");
    }

    /// <exception cref="GptException">It is not a function's name.</exception>
    public static string Check(string name) => FunctionChoice.IsName(name)
        ? name
        : throw Invalid($"\"{name}\" is not a function's name: 1 to 64 letters, digits, _ or -.");

    /// <summary>The method's name as it was written; null for a lambda. The compiler names local functions <c>&lt;Outer&gt;g__Name|0_0</c>.</summary>
    private static string? Declared(string name)
    {
        if (!name.StartsWith('<'))
            return name;
        var start = name.LastIndexOf(">g__", StringComparison.Ordinal);
        var end = name.LastIndexOf('|');
        return start < 0 || end < start ? null : name[(start + ">g__".Length)..end];
    }

    private static GptException Invalid(string message) => new(GptErrorKind.BadRequest, message) { Phase = GptPhase.Request };
}
