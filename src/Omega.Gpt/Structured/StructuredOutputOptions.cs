namespace Omega.Gpt;

/// <summary>How a typed answer is asked for and how often it may be mended.</summary>
public sealed record StructuredOutputOptions
{
    internal static StructuredOutputOptions Default { get; } = new();

    /// <summary>How many times a wrong answer is sent back with its errors; each is a turn of its own.</summary>
    /// <value>0 to 10. Default: 2.</value>
    public int MaxRepairs
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 10);
            field = value;
        }
    } = 2;

    /// <summary>Longest answer; a longer one is an error.</summary>
    /// <value>In characters, 1 to 16 Mi. Default: 4 Mi.</value>
    public int MaxCharacters
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 16 * 1024 * 1024);
            field = value;
        }
    } = 4 * 1024 * 1024;
}
