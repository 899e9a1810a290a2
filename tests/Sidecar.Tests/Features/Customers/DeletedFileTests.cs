using System.Text;
using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Customers;

/// <summary>Newer servers still give out a file whose message was deleted; whoever deleted it meant to take it back.</summary>
public sealed class DeletedFileTests
{
    [Fact]
    public async Task M7_A_file_whose_message_was_deleted_is_not_imported()
    {
        await using var desk = await EmptyBook.Open();
        var tam = desk.Mattermost.As("tam");
        var list = Encoding.UTF8.GetBytes("key,name\nsecret,Secret\n");
        var post = await tam.PostFile(Desk.Square, "customers.csv", list);
        await tam.Request(HttpMethod.Delete, $"/api/v4/posts/{post.Id}");
        var link = new Uri(desk.Mattermost.Url, $"/{Desk.Team}/pl/{post.Id}");

        await desk.Types("tam", $"/escalate customer import {link}");

        desk.ToldTo("tam").ShouldHaveSingleItem().ShouldContain("no message behind that link");
        (await desk.Types("tam", "/escalate customer list")).Text.ShouldContain("none");
    }
}
