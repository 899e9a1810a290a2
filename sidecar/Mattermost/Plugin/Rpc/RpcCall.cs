using Sidecar.Mattermost.Plugin.Gob;

namespace Sidecar.Mattermost.Plugin.Rpc;

/// <summary>A value with the type under which it is told to the other side.</summary>
internal readonly record struct RpcValue(GobType Type, GobValue Value)
{
    /// <summary>What methods without arguments are sent, and what is answered where there is nothing to say.</summary>
    public static RpcValue Nothing { get; } = new(GobType.Nothing, GobValue.Empty);
}

/// <summary>The other side could not do what was asked, or this side refuses; the message is what travels.</summary>
internal sealed class RpcException(string message) : Exception(message)
{
    /// <summary>As Go says it, which is how either side finds out what the other knows.</summary>
    public static RpcException NoMethod(string method) => new(Unknown + method);

    /// <summary>The other side does not know the method; not that it could not do it.</summary>
    public bool IsNoMethod => Message.StartsWith(Unknown, StringComparison.Ordinal);

    private const string Unknown = "rpc: can't find method ";
}

/// <summary>What stands in front of arguments and answers.</summary>
internal static class RpcHeader
{
    public static GobType Request { get; } =
        GobType.Struct("Request", ("ServiceMethod", GobType.Text), ("Seq", GobType.UInt));

    public static GobType Response { get; } =
        GobType.Struct(
            "Response",
            ("ServiceMethod", GobType.Text),
            ("Seq", GobType.UInt),
            ("Error", GobType.Text)
        );
}
