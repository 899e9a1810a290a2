using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Chat;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Presses;

/// <summary>A button or menu of the product where it stands, and somebody who may use it.</summary>
/// <param name="Who">Who may.</param>
/// <param name="Post">Below which post it stands.</param>
/// <param name="Label">What it says.</param>
/// <param name="Choice">What is chosen in a menu; null for a button.</param>
internal sealed record Scene(string Who, Post Post, string Label, string? Choice = null)
{
    /// <summary>The same button or menu, to be posted elsewhere.</summary>
    public CardControl Control(Desk desk)
    {
        var action = Post
            .FullAttachments.SelectMany(a => a.Actions ?? [])
            .Single(a => a.Name == Label);
        var context = action.Integration!.Context!.Value.GetProperty("sealed").GetString();
        var opened = desk.Parts.GetRequiredService<InteractionSeal>().OpenAction(context)!;
        return new CardControl(opened.Action, Label, opened.Payload)
        {
            OfPeople = action.DataSource == "users",
            Options = [.. (action.Options ?? []).Select(o => new ControlOption(o.Text, o.Value))],
        };
    }
}
