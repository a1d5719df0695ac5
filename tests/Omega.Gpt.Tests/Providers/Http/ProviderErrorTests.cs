using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Tests.Providers.Http;

public sealed class ProviderErrorTests
{
    [Theory]
    [InlineData("invalid_image")]
    [InlineData("invalid_image_url")]
    [InlineData("invalid_base64_image")]
    [InlineData("image_too_large")]
    [InlineData("image_parse_error")]
    [InlineData("unsupported_image_media_type")]
    [InlineData("unsupported_value")]
    [InlineData("empty_image_file")]
    [InlineData("failed_to_download_image")]
    [InlineData("missing_required_parameter")]
    [InlineData("unknown_parameter")]
    public void Classify_CodeThatBlamesTheRequestWithoutAStatus_IsABadRequest(string code)
    {
        Assert.Equal(GptErrorKind.BadRequest, ProviderError.Classify(null, null, code, "No."));
        Assert.Equal(GptErrorKind.BadRequest, ProviderError.Classify(null, code, null, "No."));
        Assert.Equal(GptErrorKind.Server, ProviderError.Classify(500, null, code, "No."));
    }

    [Theory]
    [InlineData("invalid_api_key", GptErrorKind.Authentication)]
    [InlineData("invalid_prompt", GptErrorKind.ContentFilter)]
    [InlineData("image_content_policy_violation", GptErrorKind.ContentFilter)]
    [InlineData("vector_store_timeout", GptErrorKind.Server)]
    [InlineData("brand_new", GptErrorKind.Server)]
    [InlineData(null, GptErrorKind.Server)]
    public void Classify_OtherCodesWithoutAStatus_KeepTheirMeaning(string? code, GptErrorKind kind) =>
        Assert.Equal(kind, ProviderError.Classify(null, null, code, "No."));

    [Theory]
    [InlineData("Incorrect API key provided: sk-abcdef**************wxyz.", "Incorrect API key provided: [key].")]
    [InlineData("key gsk_0123456789abcdef, xai-0123456789abcdef or AIzaSy0123456789abc", "key [key], [key] or [key]")]
    [InlineData("Unknown parameter: skip_special_tokens, pkg_config_path_name", "Unknown parameter: skip_special_tokens, pkg_config_path_name")]
    [InlineData("the secret word", "the [key] word")]
    public void Redact_Keys_AreTakenOutAndWordsStay(string text, string expected) => Assert.Equal(expected, ProviderError.Redact(text, "secret"));
}
