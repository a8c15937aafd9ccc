// A certificate of its own signing for "localhost" and 127.0.0.1, made when it is wanted: no key lies in the source.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>

namespace newsd {

/// Writes the certificate and its key as PEM. serial: tells certificates apart. password: what the key is encrypted
/// with; null: it is not.
inline void make_certificate(const std::filesystem::path& certificate, const std::filesystem::path& key, long serial,
                             const char* password = nullptr) {
  const auto sound = [](bool is_sound) {
    if (!is_sound) throw std::runtime_error("no certificate can be made");
  };
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pair(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
  sound(pair != nullptr && made != nullptr);
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), 24 * 3600);
  X509_NAME* const name = X509_get_subject_name(made.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(made.get(), name);
  X509_set_pubkey(made.get(), pair.get());
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> names(
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1"), X509_EXTENSION_free);
  sound(names != nullptr && X509_add_ext(made.get(), names.get(), -1) == 1);
  sound(X509_sign(made.get(), pair.get(), EVP_sha256()) > 0);

  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  const File certificate_file(std::fopen(certificate.c_str(), "w"), std::fclose);
  const File key_file(std::fopen(key.c_str(), "w"), std::fclose);
  sound(certificate_file != nullptr && key_file != nullptr);
  sound(PEM_write_X509(certificate_file.get(), made.get()) == 1);
  const auto* const letters = reinterpret_cast<const unsigned char*>(password);
  sound(PEM_write_PrivateKey(key_file.get(), pair.get(), password != nullptr ? EVP_aes_256_cbc() : nullptr, letters,
                             password != nullptr ? 4 : 0, nullptr, nullptr) == 1);
}

}  // namespace newsd
