namespace CorpSecure.Benchmarks.Load;

/// <summary>nginx with the same TLS on both sides and connections to the core kept alive, where it is installed.</summary>
internal static class Nginx
{
    public static string? Find() => ((string[])["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"]).FirstOrDefault(File.Exists);

    public static string WriteConfiguration(string folder, int port, int corePort, LoadCertificates certificates)
    {
        var file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(file, $$"""
            daemon off;
            worker_processes {{Environment.ProcessorCount}};
            pid {{folder}}/nginx.pid;
            error_log stderr warn;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path {{folder}}; proxy_temp_path {{folder}}; fastcgi_temp_path {{folder}}; uwsgi_temp_path {{folder}}; scgi_temp_path {{folder}};
              keepalive_requests 1000000;
              upstream core { server 127.0.0.1:{{corePort}}; keepalive 256; keepalive_requests 1000000; }
              server {
                listen 127.0.0.1:{{port}} ssl;
                ssl_certificate {{certificates.Server.CertificateFile}};
                ssl_certificate_key {{certificates.Server.KeyFile}};
                ssl_protocols TLSv1.2 TLSv1.3;
                large_client_header_buffers 8 32k;
                location / {
                  proxy_pass https://core;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header Host localhost;
                  proxy_ssl_certificate {{certificates.ClientFiles.CertificateFile}};
                  proxy_ssl_certificate_key {{certificates.ClientFiles.KeyFile}};
                  proxy_ssl_trusted_certificate {{certificates.AuthorityFile}};
                  proxy_ssl_verify on;
                  proxy_ssl_name localhost;
                  proxy_ssl_session_reuse on;
                }
              }
            }
            """);
        return file;
    }
}
