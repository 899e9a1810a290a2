using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Who could read what is posted in a channel (ASG-4).</summary>
public sealed class AudienceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASG_4_Guests_in_a_channel_or_a_direct_message_are_seen()
    {
        await using var desk = await Desk.Open();
        var chat = desk.Parts.GetRequiredService<IChat>();
        var square = new ChannelId(desk.Mattermost.GetChannel(Desk.Square).Id);
        var members = (await chat.Audience(square, Cancel)).ShouldNotBeNull().Members;
        (await chat.Audience(square, Cancel)).ShouldBe(
            new ChatAudience(true, false, false)
            {
                Name = Desk.Square,
                Members = members,
                IsPublic = true,
            }
        );
        desk.Mattermost.Leave(Desk.Square, "guest");
        (await chat.Audience(square, Cancel)).ShouldBe(
            new ChatAudience(false, false, false)
            {
                Name = Desk.Square,
                Members = members - 1,
                IsPublic = true,
            }
        );

        var tam = await chat.DirectChannel(desk.IdOf("tam"), Cancel);
        (await chat.Audience(tam, Cancel)).ShouldBe(new ChatAudience(false, false, true));
        var guest = await chat.DirectChannel(desk.IdOf("guest"), Cancel);
        (await chat.Audience(guest, Cancel)).ShouldBe(new ChatAudience(true, false, true));
    }

    [Fact]
    public async Task ASG_4_What_the_bot_can_not_see_is_unknown()
    {
        await using var desk = await Desk.Open();
        var chat = desk.Parts.GetRequiredService<IChat>();
        var closed = desk.Mattermost.AddChannel("closed", type: "P", members: "tam");
        (await chat.Audience(new ChannelId(closed.Id), Cancel)).ShouldBeNull();
    }
}
