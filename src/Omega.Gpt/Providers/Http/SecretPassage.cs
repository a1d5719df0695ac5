namespace Omega.Gpt.Providers.Http;

/// <summary>What became of an event of an answer on its way through a <see cref="SecretFilter"/>.</summary>
internal enum SecretPassage
{
    /// <summary>No secret is in it, nor in what came before and had been waiting.</summary>
    Clear,

    /// <summary>It ends like the beginning of a secret: what follows decides.</summary>
    Open,

    /// <summary>A secret was taken out, that ended in it and may have begun before it.</summary>
    Secret,
}
