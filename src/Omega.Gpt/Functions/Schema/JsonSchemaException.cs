namespace Omega.Gpt.Functions.Schema;

/// <summary>A document is no valid JSON Schema, or refers to one that is not known.</summary>
public sealed class JsonSchemaException : Exception
{
    /// <summary>Creates the exception for a place in a schema.</summary>
    /// <param name="path">Where, as a JSON pointer into the schema ("" is its root); after a URI where another document is meant.</param>
    /// <param name="problem">What is wrong there, in plain words.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public JsonSchemaException(string path, string problem, Exception? inner = null)
        : base($"Schema {(path.Length == 0 ? "(root)" : path)}: {problem}", inner) => (Path, Problem) = (path, problem);

    /// <summary>Where, as a JSON pointer into the schema ("" is its root); after a URI where another document is meant.</summary>
    public string Path { get; }

    /// <summary>What is wrong there, in plain words.</summary>
    public string Problem { get; }
}
