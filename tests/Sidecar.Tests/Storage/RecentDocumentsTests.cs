using System.Text;
using Shouldly;
using Sidecar.Storage;
using Xunit;

namespace Sidecar.Tests.Storage;

public sealed class RecentDocumentsTests
{
    private readonly RecentDocuments _recent = new();
    private int _parsed;

    [Fact]
    public void What_is_read_again_and_again_is_parsed_twice_at_the_most()
    {
        for (var i = 0; i < 10; i++)
        {
            Read("a", version: 1, "one").ShouldBe("one");
        }

        _parsed.ShouldBe(2);
    }

    [Fact]
    public void A_document_deleted_and_made_anew_under_the_same_version_is_read_as_it_is_now()
    {
        for (var i = 0; i < 3; i++)
        {
            Read("a", version: 1, "before");
        }

        Read("a", version: 1, "after").ShouldBe("after");
    }

    [Fact]
    public void Documents_with_the_same_bytes_and_other_ids_or_kinds_are_kept_apart()
    {
        for (var i = 0; i < 3; i++)
        {
            Read("a", version: 1, "same");
        }

        _recent
            .Of(Stored("b", 1, "same"), _ => new StringBuilder("another type"))
            .ToString()
            .ShouldBe("another type");
        _recent
            .Of(Stored("a", 1, "same"), _ => new StringBuilder("another type"))
            .ToString()
            .ShouldBe("another type");
    }

    private string Read(string id, long version, string body) =>
        _recent.Of(
            Stored(id, version, body),
            bytes =>
            {
                _parsed++;
                return Encoding.UTF8.GetString(bytes.Span);
            }
        );

    private static StoredDocument Stored(string id, long version, string body) =>
        new(new DocumentKey("kind", id), version, Encoding.UTF8.GetBytes(body));
}
