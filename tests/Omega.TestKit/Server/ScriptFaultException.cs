namespace Omega.TestKit;

/// <summary>The script of a <see cref="ModelServer"/> cannot be followed: the test is wrong, not the code under test.</summary>
public sealed class ScriptFaultException : Exception
{
    public ScriptFaultException(string message)
        : base(message)
    {
    }

    public ScriptFaultException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
