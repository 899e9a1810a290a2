namespace Sidecar.Mattermost.Plugin.Gob;

/// <summary>
/// How much the other side may make a decoder hold. What Mattermost hands on for anybody (a megabyte of headers, an
/// address of a megabyte that grows when it is written again) stays below all of it: a stream that breaks takes every
/// command with it.
/// </summary>
internal sealed record GobLimits
{
    /// <summary>Bytes of one message; a value may come in several when interfaces are in it.</summary>
    public int Message { get; init; } = 16 * 1024 * 1024;

    /// <summary>Bytes of one value with its definitions, in however many messages.</summary>
    public int Value { get; init; } = 16 * 1024 * 1024;

    /// <summary>Messages that one value may be cut into.</summary>
    public int Messages { get; init; } = 256;

    /// <summary>Values in a value: a byte can stand for an object of fifty.</summary>
    public int Parts { get; init; } = 600_000;

    /// <summary>How deep values may hold each other.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Types on one stream.</summary>
    public int Types { get; init; } = 4096;

    /// <summary>Fields of all types on one stream, with the letters of all names.</summary>
    public int TypeLetters { get; init; } = 1024 * 1024;
}
