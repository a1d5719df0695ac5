namespace Omega.Gpt;

/// <summary>What running a function does to the world.</summary>
public enum FunctionEffect
{
    /// <summary>It changes something: it runs only after its step ended well, and never twice. The default.</summary>
    SideEffect,

    /// <summary>It only reads: it may run early, again, or be answered from a cache.</summary>
    Pure,
}
