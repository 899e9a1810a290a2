using System.Reflection;
using Sidecar.Chat;

namespace Sidecar.Tests.Storage.Postgres;

/// <summary>A machine's way to the chat, on which it may be held before a request goes out, as a process that is frozen is.</summary>
public class GatedChat : DispatchProxy
{
    private static readonly MethodInfo Held = typeof(GatedChat).GetMethod(
        nameof(Hold),
        BindingFlags.NonPublic | BindingFlags.Instance
    )!;

    private IChat _chat = null!;

    /// <summary>Waited for before each request; the name of what is asked.</summary>
    public Func<string, Task> Gate { get; set; } = _ => Task.CompletedTask;

    internal static (IChat Chat, GatedChat Gated) Before(IChat chat)
    {
        var proxy = Create<IChat, GatedChat>();
        var gated = (GatedChat)(object)proxy;
        gated._chat = chat;
        return (proxy, gated);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.ReturnType.GetGenericArguments() is [var type]
            ? Held.MakeGenericMethod(type)
            : Held.MakeGenericMethod(typeof(bool));
        return result.Invoke(this, [targetMethod, args]);
    }

    private async Task<T> Hold<T>(MethodInfo asked, object?[] args)
    {
        await Gate(asked.Name);
        var answer = (Task)asked.Invoke(_chat, args)!;
        await answer;
        return answer is Task<T> value ? await value : default!;
    }
}
